using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Errors;
using Layers.PatchGen.Host.Keys;

namespace Layers.PatchGen.Host;

/// <summary>The host: two PATCH endpoints with their GETs, over a document store.</summary>
public static class HostApp
{
    private const string DefaultUrl = "http://localhost:5080";

    /// <summary>Command-line argument: create the tables of the store and exit.</summary>
    public const string Migrate = "--migrate";

    /// <summary>
    /// Command-line argument: open a store in files that lacks acknowledged changes, such as a restored backup. For one start.
    /// </summary>
    public const string AcceptRestore = "--accept-restore";

    /// <summary>Creates the tables of the store.</summary>
    /// <exception cref="SettingsException">A setting is invalid, or the server rejects the command.</exception>
    public static Task MigrateAsync(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder([.. args.Where(static arg => arg != Migrate)]);
        return DocumentStores.MigrateAsync(
            Settings.Read(builder.Configuration, builder.Environment), builder.Configuration.GetSection("Store"));
    }

    /// <summary>Builds the host, ready to run.</summary>
    /// <exception cref="SettingsException">A setting is invalid.</exception>
    public static WebApplication Build(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. args.Where(static arg => arg != AcceptRestore)],
            ApplicationName = typeof(HostApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory, // the folder of appsettings.json, whatever the current directory
        });
        Settings settings = Settings.Read(builder.Configuration, builder.Environment) with { AcceptRestore = args.Contains(AcceptRestore) };
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        // A failed start is reported once: in one sentence by Program, or with its stack trace by the runtime.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.AddDocumentStore(settings, builder.Configuration.GetSection("Store"));
        builder.Services.AddSingleton<IPatchErrorWriter>(new NegotiatingErrorWriter(new ApiErrorWriter(), new ProblemDetailsErrorWriter()));
        builder.Services.AddPatchHandlers();
        builder.Services.AddPatchGen(options =>
        {
            options.MaxDocumentBytes = settings.MaxDocumentBytes;
            options.Formats = settings.Formats;
        });
        builder.Services.AddApiKeys([.. settings.Keys, .. settings.Demo ? DemoKeys.All : []]);
        builder.Services.AddDescription(settings.Demo);
        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.AddForwardedPrefix();
        builder.Services.AddHealthChecks().AddCheck<StoreHealth>("store");
        if (settings.Demo)
        {
            builder.Services.AddHostedService<DemoData>();
        }

        WebApplication app = builder.Build();
        app.UsePathBase(settings);
        app.UsePatchErrors();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPatchHandlers();
        app.MapHealthChecks("/healthz");
        app.UseDescription();
        app.Lifetime.ApplicationStarted.Register(() => Greeting.Write(app.Logger, settings, app.Urls));
        return app;
    }
}
