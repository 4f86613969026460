using Layers.PatchGen.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the middleware for error responses.</summary>
public static class PatchGenApplicationBuilderExtensions
{
    /// <summary>
    /// Gives every request an id (<see cref="RequestId"/>), and every error response without a body the body of the
    /// <see cref="IPatchErrorWriter"/>: exceptions, 401 and 403 of authorization, 404 of a route, 405, 429. Call it first.
    /// </summary>
    /// <remarks>
    /// A 403 of <see cref="RequireScopeAttribute"/> names the missing scopes, and a 401 without <c>WWW-Authenticate</c> receives
    /// <c>WWW-Authenticate: Bearer</c>. Responses that already have a body are left as they are. Responses that Kestrel sends before a
    /// request exists (400, 408, 414 and 431 of invalid HTTP) have no body.
    /// </remarks>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="InvalidOperationException"><c>AddPatchGen()</c> was not called.</exception>
    public static IApplicationBuilder UsePatchErrors(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        PatchBodyServices.ThrowIfMissing(app.ApplicationServices, nameof(UsePatchErrors));
        ILogger logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestId).FullName!);
        app.Use(next => context => RequestId.InvokeAsync(context, next, logger));
        app.UseStatusCodePages(static pages => ErrorResponse.WriteAsync(pages.HttpContext, MissingScopes.ErrorFor(pages.HttpContext)));
        return app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = ErrorResponse.WriteCaughtAsync,
            StatusCodeSelector = static exception => ErrorResponse.ForException(exception).Status,
            AllowStatusCode404Response = true,
        });
    }
}
