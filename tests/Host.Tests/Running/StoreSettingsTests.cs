using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.Host.Tests.Running;

/// <summary>The settings under <c>Store</c> for the options of a store.</summary>
public sealed class StoreSettingsTests : IDisposable
{
    private const string Server = "Host=localhost";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("LiteDb", "MaxQueuedWrites", "0", "The setting Store:MaxQueuedWrites is 0. It must be at least 1.")]
    [InlineData("LiteDb", "VerifyOnOpen", "perhaps", "'perhaps' at 'Store:VerifyOnOpen'")]
    [InlineData("Sqlite", "VerifyOnOpen", "2", "'2' at 'Store:VerifyOnOpen'")]
    [InlineData("Sqlite", "MaxQueuedWrites", "many", "'many' at 'Store:MaxQueuedWrites'")]
    [InlineData("Sqlite", "MaxReaders", "0", "The setting Store:MaxReaders is 0. It must be at least 1.")]
    [InlineData("Sqlite", "BusyTimeout", "-00:00:01", "The setting Store:BusyTimeout is -00:00:01. It must not be negative.")]
    [InlineData("Sqlite", "BusyTimeout", "5s", "'5s' at 'Store:BusyTimeout'")]
    [InlineData("Sqlite", "MaxBytes", "0", "The setting Store:MaxBytes is 0. It must be at least 1")]
    [InlineData("Sqlite", "MaxBytes", "1 GB", "'1 GB' at 'Store:MaxBytes'")]
    [InlineData("Postgres", "Connection", "Host", "The setting Store:Connection is not valid.")]
    [InlineData("Postgres", "Connection", "Host=db;Command Timeout=0", "The setting Store:Connection has Command Timeout = 0")]
    [InlineData("Postgres", "Connection", "Host=db;Multiplexing=true", "The setting Store:Connection has Multiplexing on")]
    [InlineData("Postgres", "Schema", "Two Words", "The setting Store:Schema is \"Two Words\".")]
    [InlineData("Postgres", "Prepare", "off", "'off' at 'Store:Prepare'")]
    [InlineData("Postgres", "MaxAttempts", "0", "The setting Store:MaxAttempts is 0. It must be at least 1.")]
    [InlineData("Postgres", "LockTimeout", "00:00:00", "The setting Store:LockTimeout is 00:00:00.")]
    [InlineData("Postgres", "StartTimeout", "-1", "The setting Store:StartTimeout is -1.00:00:00. It must not be negative.")]
    [InlineData("Postgres", "RecoveryTimeout", "-1", "The setting Store:RecoveryTimeout is -1.00:00:00. It must not be negative.")]
    public async Task An_invalid_option_is_reported_in_one_line_that_names_it(string kind, string name, string value, string message)
    {
        string[] connection = kind == "Postgres" && name != "Connection" ? ["--Store:Connection", Server] : [];
        (int code, string error) = await HostProcess.RunAsync(
        [
            "--urls", "http://127.0.0.1:0", "--Store:Path", _folder.Path, "--Store:Kind", kind, $"--Store:{name}", value, .. connection,
        ]);
        Assert.Equal(1, code);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_option_of_a_store_can_be_set()
    {
        LiteDbStoreOptions lite = await OptionsAsync<LiteDbStoreOptions>("LiteDb", ("VerifyOnOpen", "true"), ("MaxQueuedWrites", "7"));
        Assert.Equal((true, 7), (lite.VerifyOnOpen, lite.MaxQueuedWrites));
        SqliteStoreOptions sqlite = await OptionsAsync<SqliteStoreOptions>(
            "Sqlite", ("VerifyOnOpen", "true"), ("MaxReaders", "3"), ("BusyTimeout", "00:00:09"), ("MaxBytes", "1000000"));
        Assert.Equal(
            (true, 3, TimeSpan.FromSeconds(9), 1_000_000L), (sqlite.VerifyOnOpen, sqlite.MaxReaders, sqlite.BusyTimeout, sqlite.MaxBytes));
        PostgresStoreOptions postgres = await OptionsAsync<PostgresStoreOptions>(
            "Postgres",
            ("Connection", Server),
            ("Prepare", "false"), // for PgBouncer in transaction mode
            ("Schema", "other"),
            ("MaxAttempts", "3"),
            ("RecoveryTimeout", "00:00:02"),
            ("StartTimeout", "00:00:03"),
            ("LockTimeout", "00:00:01"));
        Assert.Equal(
            (Server, false, "other", 3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)),
            (postgres.ConnectionString, postgres.Prepare, postgres.Schema, postgres.MaxAttempts, postgres.RecoveryTimeout,
                postgres.StartTimeout, postgres.LockTimeout));
    }

    private async Task<TOptions> OptionsAsync<TOptions>(string kind, params (string Name, string Value)[] settings)
        where TOptions : class
    {
        await using var app = HostApp.Build(TestHost.Arguments(
            _folder.Path, ["--Store:Kind", kind, .. settings.SelectMany(setting => (string[])[$"--Store:{setting.Name}", setting.Value])]));
        return app.Services.GetRequiredService<IOptions<TOptions>>().Value;
    }
}
