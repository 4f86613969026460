using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Claims;
using System.Text;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>The shop on one database. The tenant of a caller is in <c>X-Tenant</c>; "acme" without.</summary>
internal sealed class ShopApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly Database _database;
    private readonly SqlLog _sql;

    private ShopApp(WebApplication app, Database database, SqlLog sql)
    {
        (_app, _database, _sql) = (app, database, sql);
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>The commands since the last call, without parameter lists and quotes.</summary>
    public string[] Sql()
    {
        string[] all = [.. _sql.Commands];
        _sql.Commands.Clear();
        return all;
    }

    public static async Task<ShopApp> StartAsync(
        Database database,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? middleware = null,
        Action<DbContextOptionsBuilder>? options = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var sql = new SqlLog();
        builder.Services.AddDbContext<ShopDb>(context =>
        {
            database.Use(context);
            context.AddInterceptors(sql);
            options?.Invoke(context);
        });
        builder.Services.AddEntityFrameworkDocuments<ShopDb>();
        builder.Services.AddEntityFrameworkDocuments<ShopDb, Memo>(memo => memo.LastWriteWins = true);
        builder.Services.AddEntityFrameworkDocuments<ShopDb, Order>(order => order.PatchReference(static o => o.Customer));
        builder.Services.AddPatchGen(patches =>
        {
            (patches.TenantClaim, patches.AllowValidateOnly) = ("tenant", true);
            patches.Formats = PatchFormats.JsonPatch | PatchFormats.MergePatch;
        });
        builder.Services.AddPatchHandlers();
        builder.Services.AddSingleton<ILoggerProvider, TestLog>();
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        await using (AsyncServiceScope scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ShopDb>().CreateAsync();
        }

        app.UsePatchErrors();
        app.Use(static (context, next) =>
        {
            string tenant = context.Request.Headers.TryGetValue("X-Tenant", out var sent) ? sent.ToString() : "acme";
            Claim[] claims = tenant.Length == 0 ? [new("scope", "shop")] : [new("scope", "shop"), new("tenant", tenant)];
            context.User = new ClaimsPrincipal(new ClaimsIdentity(claims, "Test"));
            return next(context);
        });
        middleware?.Invoke(app);
        app.UseAuthorization();
        app.MapPatchHandlers();
        await app.StartAsync();
        return new ShopApp(app, database, sql);
    }

    /// <summary>Runs code with a context of its own.</summary>
    public async Task<T> WithAsync<T>(Func<ShopDb, Task<T>> run)
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<ShopDb>());
    }

    /// <summary>Inserts entities.</summary>
    public async Task AddAsync(params object[] entities)
    {
        await WithAsync(async db =>
        {
            db.AddRange(entities);
            return await db.SaveChangesAsync();
        });
        Sql();
    }

    public async Task<ApiResponse> SendAsync(
        string method, string path, string? json, (string Name, string Value)[] headers, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, type);
        foreach ((string name, string value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using HttpResponseMessage response = await _client.SendAsync(request);
        return await ApiResponse.ReadAsync(response);
    }

    public Task<ApiResponse> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public Task<ApiResponse> PatchAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync("PATCH", path, json, headers);

    /// <summary>The entries of the log at <see cref="LogLevel.Error"/>.</summary>
    public string Errors() => string.Join('\n', ((TestLog)_app.Services.GetRequiredService<ILoggerProvider>()).Entries
        .Where(static entry => entry.Level >= LogLevel.Error).Select(static entry => entry.Text));

    /// <summary>Waits for an error in the log: it may be written after the client has received the response.</summary>
    public async Task AssertLoggedAsync(string text)
    {
        for (int i = 0; i < 400 && !Errors().Contains(text, StringComparison.Ordinal); i++)
        {
            await Task.Delay(25);
        }

        Assert.Contains(text, Errors(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private sealed class SqlLog : DbCommandInterceptor
    {
        public ConcurrentQueue<string> Commands { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            Add(command);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Add(command);
            return ValueTask.FromResult(result);
        }

        private void Add(DbCommand command) => Commands.Enqueue(
            command.CommandText.Replace("\"", "", StringComparison.Ordinal).ReplaceLineEndings(" "));
    }
}

internal static class ServiceExtensions
{
    /// <summary>Registers an instance, if there is one.</summary>
    public static void AddSingletonIf<T>(this IServiceCollection services, T? instance)
        where T : class
    {
        if (instance is not null)
        {
            services.AddSingleton(instance);
        }
    }
}
