using System.Reflection;
using Layers.PatchGen.Storage.Tests;
using Layers.PatchGen.Storage.Tests.Postgres;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit.Sdk;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a theory on SQLite, and on PostgreSQL where it is installed; further data follow the kind.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class DatabasesAttribute(params object?[] data) : DataAttribute
{
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) =>
        PostgresServer.Missing is null
            ? [[DatabaseKind.Sqlite, .. data], [DatabaseKind.Postgres, .. data]]
            : [[DatabaseKind.Sqlite, .. data]];
}

/// <summary>A fact that needs PostgreSQL; skipped with a reason if it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}

/// <summary>One PostgreSQL server for all tests.</summary>
public sealed class Databases : IAsyncLifetime
{
    public const string Collection = "Databases";

    private int _created;

    internal PostgresServer? Server { get; private set; }

    public async Task InitializeAsync() =>
        Server = PostgresServer.Missing is null ? await PostgresServer.StartNewAsync() : null;

    public Task DisposeAsync() => Server?.DeleteAsync() ?? Task.CompletedTask;

    /// <summary>Creates an empty database.</summary>
    internal async Task<Database> CreateAsync(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            return new Database(kind, new TemporaryFolder(), "");
        }

        string name = $"shop{Interlocked.Increment(ref _created)}";
        await Server!.AdminAsync($"CREATE DATABASE {name}");
        var connection = new NpgsqlConnectionStringBuilder(Server.AdminConnection)
        {
            Database = name, Pooling = true, MaxPoolSize = 40, IncludeErrorDetail = true,
        };
        return new Database(kind, null, connection.ConnectionString);
    }
}

/// <summary>An empty database of one test.</summary>
internal sealed class Database(DatabaseKind kind, TemporaryFolder? folder, string connection) : IAsyncDisposable
{
    public DatabaseKind Kind { get; } = kind;

    private bool _isDeleted;

    public string Connection { get; } = folder is null ? connection : $"Data Source={folder["shop.db"]}";

    public void Use(DbContextOptionsBuilder options)
    {
        if (Kind == DatabaseKind.Sqlite)
        {
            options.UseSqlite(Connection);
        }
        else
        {
            options.UseNpgsql(Connection);
        }
    }

    /// <summary>Deletes the database, also if several applications use it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDeleted)
        {
            return;
        }

        _isDeleted = true;
        if (folder is null)
        {
            NpgsqlConnection.ClearPool(new NpgsqlConnection(Connection));
        }
        else
        {
            SqliteConnection.ClearPool(new SqliteConnection(Connection));
            await folder.DeleteAsync();
        }
    }
}

[CollectionDefinition(Databases.Collection)]
public sealed class DatabaseTests : ICollectionFixture<Databases>;
