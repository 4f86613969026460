using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.Testing;

/// <summary>
/// An application that uses the framework: default error bodies, claims from a header, hooks, any store.
/// </summary>
public sealed class MiniApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private MiniApp(WebApplication app)
    {
        _app = app;
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Log = (TestLog)app.Services.GetRequiredService<ILoggerProvider>();
    }

    public Uri Address => _client.BaseAddress!;

    public Hooks Hooks => _app.Services.GetRequiredService<Hooks>();

    public IDocumentStore Store => _app.Services.GetRequiredService<IDocumentStore>();

    public IServiceProvider Services => _app.Services;

    private TestLog Log { get; }

    public static async Task<MiniApp> StartAsync(
        IDocumentStore? store = null, Action<IServiceCollection>? services = null, Action<WebApplication>? middleware = null)
    {
        WebApplication app = Build(store ?? new InMemoryDocumentStore(), services, middleware);
        await app.StartAsync();
        return new MiniApp(app);
    }

    public static WebApplication Build(
        IDocumentStore? store, Action<IServiceCollection>? services = null, Action<WebApplication>? middleware = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerProvider, TestLog>();
        builder.Services.AddSingleton<Hooks>();
        builder.Services.AddSingleton<InvoiceTrail>();
        if (store is not null)
        {
            builder.Services.AddSingleton(store);
        }

        builder.Services.AddPatchHandlers();
        builder.Services.AddAuthentication("Claims").AddScheme<AuthenticationSchemeOptions, ClaimsFromHeader>("Claims", null);
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.UsePatchErrors();
        app.UseAuthentication();
        middleware?.Invoke(app);
        app.UseAuthorization();
        app.MapPatchHandlers();
        app.MapGet("/throws", string () => throw new InvalidOperationException("secret of the server"));
        return app;
    }

    public async Task<StoredDocument> AddAsync(int id, string tenant = "", Guid owner = default, long slot = 0) =>
        await Store.InsertAsync(
            new DocumentKey(tenant, Counter.Collection, id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new Counter { CounterId = id, Owner = owner, Slot = slot },
            CounterJson.Default.Counter)
        ?? throw new InvalidOperationException("The key is already used.");

    public async Task<ApiResponse> SendAsync(string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.Remove(name);
                Assert.True(value.Length == 0 || request.Content.Headers.TryAddWithoutValidation(name, value));
            }
        }

        using HttpResponseMessage response = await _client.SendAsync(request);
        return await ApiResponse.ReadAsync(response);
    }

    /// <summary>Waits for log entries: they may be written after the client has received the response.</summary>
    public async Task AssertLoggedAsync(LogLevel level, Func<(string Text, string Scopes), bool> matches, int times = 1)
    {
        for (int i = 0; i < 400; i++)
        {
            if (Log.Entries.Count(entry => entry.Level == level && matches((entry.Text, entry.Scopes))) >= times)
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"No matching entry at {level}: {string.Join('\n', Log.Entries)}");
    }

    /// <summary>Fails if something at this level or above was logged. Dispose the application first to include late entries.</summary>
    public void AssertNotLogged(LogLevel level)
    {
        string logged = string.Join('\n', Log.Entries.Where(entry => entry.Level >= level));
        Assert.True(logged.Length == 0, logged);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Claims from a header, <c>X-Claims: scope=a b;scope=c;org=x</c>; sets no response header when it rejects.</summary>
    private sealed class ClaimsFromHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            string? header = Request.Headers["X-Claims"];
            if (header is null)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var claims = header.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(claim => claim.Split('=')).Select(
                pair => new Claim(pair[0], pair[1]));
            return Task.FromResult(AuthenticateResult.Success(
                new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name)), Scheme.Name)));
        }
    }
}

/// <summary>All log entries, with their scopes.</summary>
public sealed class TestLog : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<(string Category, LogLevel Level, string Text, string Scopes)> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new StringBuilder();
            log._scopes.ForEachScope((scope, text) => text.Append(scope).Append(' '), scopes);
            log.Entries.Enqueue((category, logLevel, $"{formatter(state, exception)} {exception}", scopes.ToString()));
        }
    }
}
