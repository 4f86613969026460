using Microsoft.AspNetCore.HttpOverrides;

namespace Layers.PatchGen.Host;

/// <summary>Behind a proxy that mounts the host under a path.</summary>
internal static class Proxy
{
    /// <summary>
    /// Where forwarded headers are trusted (<c>ForwardedHeaders_Enabled</c>, of the platform), <c>X-Forwarded-Prefix</c> is one of them.
    /// </summary>
    public static IServiceCollection AddForwardedPrefix(this IServiceCollection services) =>
        services.PostConfigure<ForwardedHeadersOptions>(static options =>
        {
            if (options.ForwardedHeaders != ForwardedHeaders.None)
            {
                options.ForwardedHeaders |= ForwardedHeaders.XForwardedPrefix;
            }
        });

    /// <summary>Applies the setting <c>PathBase</c>, whether the proxy passes the prefix on or strips it.</summary>
    public static void UsePathBase(this WebApplication app, Settings settings)
    {
        if (settings.PathBase.Length == 0)
        {
            return;
        }

        PathString pathBase = settings.PathBase;
        app.Use(next => context =>
        {
            if (context.Request.Path.StartsWithSegments(pathBase, out PathString rest))
            {
                context.Request.Path = rest;
            }

            context.Request.PathBase = pathBase;
            return next(context);
        });
    }
}
