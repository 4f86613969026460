using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>Registration of the LiteDB and SQLite stores as services.</summary>
public sealed class RegistrationTests : IDisposable
{
    private static readonly DocumentKey Key = new("org", "things", "a");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Engines => ["sqlite", "litedb"];

    public void Dispose() => _folder.Delete();

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_host_opens_the_store_before_its_services_start_and_closes_it_when_it_is_disposed(string engine)
    {
        HostApplicationBuilder builder = Builder();

        // Registered first, so it starts first.
        builder.Services.AddHostedService<InsertAtStart>();
        Add(builder.Services, engine, _folder.Path);
        using (IHost host = builder.Build())
        {
            Assert.Empty(Directory.GetFiles(_folder.Path));
            await host.StartAsync();
            FileDocumentStore store = Concrete(host.Services, engine);
            Assert.Equal(_folder[$"documents.{engine}"], store.File);
            Assert.NotNull(await store.LoadAsync(Key));
            Assert.NotNull(await host.Services.GetRequiredService<IDocumentStore>().LoadAsync(Key));
            await host.StopAsync();
        }

        await using FileDocumentStore again = await OpenAsync(engine);
        Assert.Equal(1, await again.VerifyAsync());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Without_a_host_the_first_call_opens_the_store(string engine)
    {
        await using ServiceProvider provider = Add(new ServiceCollection(), engine, _folder.Path).BuildServiceProvider();
        IDocumentStore store = provider.GetRequiredService<IDocumentStore>();
        InvalidOperationException closed = Assert.Throws<InvalidOperationException>(() => Concrete(provider, engine));
        Assert.Contains("is not open yet", closed.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));

        StoredDocument?[] inserted = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => store.InsertAsync(Key with { Id = $"{i}" }, "{}"u8.ToArray()).AsTask()));
        Assert.All(inserted, Assert.NotNull);
        Assert.Equal(20, await Concrete(provider, engine).VerifyAsync());
        Assert.Equal(20, (await store.FindAsync(new DocumentSelection("org", "things", null, []), 100)).Count);
        Assert.Equal(
            TransformStatus.Changed,
            (await store.TransformAsync(DocumentSelection.Of(Key with { Id = "7" }), null, 0, (_, _) => """{"n":1}"""u8.ToArray())).Status);
        Assert.True(await store.DeleteAsync(Key with { Id = "7" }));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_database_that_cannot_be_opened_stops_the_start(string engine)
    {
        await File.WriteAllTextAsync(_folder[$"documents.{engine}"], string.Concat(Enumerable.Repeat("These are notes. ", 1000)));
        HostApplicationBuilder builder = Builder();
        Add(builder.Services, engine, _folder.Path);
        using IHost host = builder.Build();
        StoreUnavailableException failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => host.StartAsync());
        Assert.Equal(StoreFault.Incompatible, failure.Fault);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_call_that_could_not_open_the_store_does_not_fail_the_next_one(string engine)
    {
        await using ServiceProvider provider = Add(new ServiceCollection(), engine, _folder.Path).BuildServiceProvider();
        IDocumentStore store = provider.GetRequiredService<IDocumentStore>();
        await using (await OpenAsync(engine))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.LoadAsync(Key));
        }

        Assert.Null(await store.LoadAsync(Key));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task After_it_was_disposed_the_store_stays_closed(string engine)
    {
        ServiceProvider provider = Add(new ServiceCollection(), engine, _folder.Path).BuildServiceProvider();
        IDocumentStore store = provider.GetRequiredService<IDocumentStore>();
        await provider.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.LoadAsync(Key));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_provider_that_is_disposed_synchronously_closes_the_store(string engine)
    {
        IDocumentStore store;
        using (ServiceProvider provider = Add(new ServiceCollection(), engine, _folder.Path).BuildServiceProvider())
        {
            store = provider.GetRequiredService<IDocumentStore>();
            Assert.Null(await store.LoadAsync(Key));
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.LoadAsync(Key));
    }

    [Fact]
    public void Options_come_from_configuration_and_from_code()
    {
        HostApplicationBuilder builder = Builder(
            ("Store:Path", _folder.Path), ("Store:MaxReaders", "3"), ("Store:BusyTimeout", "00:00:09"), ("Store:VerifyOnOpen", "true"));
        builder.Services.AddSqliteDocumentStore(options => options.MaxQueuedWrites = 7);
        builder.Services.Configure<SqliteStoreOptions>(builder.Configuration.GetSection("Store"));
        builder.Services.AddLiteDbDocumentStore();
        builder.Services.Configure<LiteDbStoreOptions>(builder.Configuration.GetSection("Store"));
        builder.Services.AddPostgresDocumentStore("Host=db");
        builder.Services.PostConfigure<PostgresStoreOptions>(options => options.Prepare = false);
        using IHost host = builder.Build();

        SqliteStoreOptions sqlite = host.Services.GetRequiredService<IOptions<SqliteStoreOptions>>().Value;
        Assert.Equal(
            (_folder.Path, 3, TimeSpan.FromSeconds(9), true, 7),
            (sqlite.Path, sqlite.MaxReaders, sqlite.BusyTimeout, sqlite.VerifyOnOpen, sqlite.MaxQueuedWrites));
        Assert.True(host.Services.GetRequiredService<IOptions<LiteDbStoreOptions>>().Value.VerifyOnOpen);
        PostgresStoreOptions postgres = host.Services.GetRequiredService<IOptions<PostgresStoreOptions>>().Value;
        Assert.Equal(("Host=db", false), (postgres.ConnectionString, postgres.Prepare));
    }

    [Fact]
    public async Task Invalid_options_stop_the_start_with_all_problems()
    {
        HostApplicationBuilder builder = Builder(("Store:MaxReaders", "0"));
        builder.Services.AddSqliteDocumentStore();
        builder.Services.Configure<SqliteStoreOptions>(builder.Configuration.GetSection("Store"));
        using IHost host = builder.Build();
        OptionsValidationException failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Equal(
            [
                "SqliteStoreOptions: Path is not set. Set it to a file or a folder on a local disk.",
                "SqliteStoreOptions: MaxReaders is 0. It must be at least 1.",
            ],
            failure.Failures);
    }

    [Theory]
    [InlineData("", "ConnectionString is not set.")]
    [InlineData("Host=db;Nonsense=secret", "ConnectionString is not valid.")]
    [InlineData("Host=db;Port=secret", "ConnectionString is not valid.")]
    [InlineData("Host=db;Command Timeout=0", "Command Timeout = 0")]
    [InlineData("Host=db;Multiplexing=true", "Multiplexing")]
    public async Task An_invalid_connection_string_stops_the_start_and_is_not_shown(string connection, string expected)
    {
        HostApplicationBuilder builder = Builder();
        builder.Services.AddPostgresDocumentStore(options => options.ConnectionString = connection);
        using IHost host = builder.Build();
        OptionsValidationException failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_that_was_accepted_is_logged()
    {
        await using (FileDocumentStore store = await OpenAsync("sqlite"))
        {
            await store.InsertAsync(Key, "{}"u8.ToArray());
        }

        File.Delete(_folder["documents.sqlite-mark"]);
        using var log = new LogLines();
        HostApplicationBuilder builder = Builder();
        builder.Logging.AddProvider(log);
        builder.Services.AddSqliteDocumentStore(options => (options.Path, options.AcceptRestore) = (_folder.Path, true));
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.Contains(log.Lines, line => line.StartsWith("Warning Opened with AcceptRestore: ", StringComparison.Ordinal));
        Assert.NotNull(Concrete(host.Services, "sqlite").AcceptedRestore);
    }

    [Fact]
    public async Task The_last_registration_is_the_store_and_the_only_one_that_is_opened()
    {
        HostApplicationBuilder builder = Builder();
        builder.Services.AddSqliteDocumentStore(_folder.Path);
        builder.Services.AddInMemoryDocumentStore();
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.Same(host.Services.GetRequiredService<InMemoryDocumentStore>(), host.Services.GetRequiredService<IDocumentStore>());
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_custom_store_is_opened_with_services_and_disposed()
    {
        var own = new OwnStore();
        await using (ServiceProvider provider = new ServiceCollection()
            .AddSingleton(own)
            .AddDocumentStore<IOwnStore>((services, _) => Task.FromResult<IOwnStore>(services.GetRequiredService<OwnStore>()))
            .BuildServiceProvider())
        {
            Assert.Null(await provider.GetRequiredService<IDocumentStore>().LoadAsync(Key));
            Assert.Same(own, provider.GetRequiredService<IOwnStore>());
        }

        Assert.True(own.Disposed);
    }

    private static HostApplicationBuilder Builder(params (string Name, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        return builder;
    }

    private static IServiceCollection Add(IServiceCollection services, string engine, string path) => engine == "sqlite"
        ? services.AddSqliteDocumentStore(path)
        : services.AddLiteDbDocumentStore(path);

    private static FileDocumentStore Concrete(IServiceProvider services, string engine) => engine == "sqlite"
        ? services.GetRequiredService<SqliteDocumentStore>()
        : services.GetRequiredService<LiteDbDocumentStore>();

    private async Task<FileDocumentStore> OpenAsync(string engine) => engine == "sqlite"
        ? await SqliteDocumentStore.OpenAsync(new SqliteStoreOptions { Path = _folder.Path })
        : await LiteDbDocumentStore.OpenAsync(new LiteDbStoreOptions { Path = _folder.Path });

    private interface IOwnStore : IDocumentStore;

    private sealed class InsertAtStart(IDocumentStore store) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken) =>
            Assert.NotNull(await store.InsertAsync(Key, "{}"u8.ToArray(), cancellationToken));

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class OwnStore : IOwnStore, IDisposable
    {
        private readonly InMemoryDocumentStore _inner = new();

        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;

        public ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
            _inner.LoadAsync(key, cancellationToken);

        public ValueTask<IReadOnlyList<StoredDocument>> FindAsync(
            DocumentSelection selection, int limit, CancellationToken cancellationToken = default) =>
            _inner.FindAsync(selection, limit, cancellationToken);

        public ValueTask<TransformResult> TransformAsync<TState>(
            DocumentSelection selection,
            IReadOnlyCollection<DocumentVersion>? ifVersions,
            TState state,
            DocumentTransform<TState> transform,
            DocumentCompanions<TState>? companions = null,
            CancellationToken cancellationToken = default) =>
            _inner.TransformAsync(selection, ifVersions, state, transform, companions, cancellationToken);

        public ValueTask<StoredDocument?> InsertAsync(
            DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default) =>
            _inner.InsertAsync(key, json, cancellationToken);

        public ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
            _inner.DeleteAsync(key, cancellationToken);
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Lines)
            {
                Lines.Add($"{logLevel} {formatter(state, exception)}");
            }
        }

        public void Dispose()
        {
        }
    }
}
