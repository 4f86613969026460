using System.Security.Claims;
using System.Text;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.Guides.Tests;

/// <summary>
/// An application with one of the handlers of the guides. Its callers have all scopes, and the tenant in <c>X-Tenant</c>.
/// </summary>
public sealed class GuideApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private GuideApp(WebApplication app)
    {
        _app = app;
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public IServiceProvider Services => _app.Services;

    public static async Task<GuideApp> StartAsync<TPatch, TDocument>(
        Func<IServiceProvider, PatchHandler<TPatch, TDocument>> handler, Action<IServiceCollection> services)
        where TPatch : IPatch<TPatch, TDocument>
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddPatchGen();
        services(builder.Services);
        WebApplication app = builder.Build();
        app.UsePatchErrors();
        app.Use(static (context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity(
                [
                    new("scope", "orders:read orders:write"),
                    new("org", context.Request.Headers["X-Tenant"].ToString()),
                ],
                "Test"));
            return next(context);
        });
        app.UseAuthorization();
        app.MapPatchHandler(handler(app.Services));
        await app.StartAsync();
        return new GuideApp(app);
    }

    public async Task<ApiResponse> SendAsync(string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await _client.SendAsync(request);
        return await ApiResponse.ReadAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
