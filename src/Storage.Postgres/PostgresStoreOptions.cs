using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>How a <see cref="PostgresDocumentStore"/> reaches its database.</summary>
public sealed record PostgresStoreOptions
{
    /// <summary>
    /// Npgsql's connection string, with the size of the pool and the time limits. Several hosts may be named (<c>Host=db1,db2:5433</c>): the store finds the
    /// one that takes writes, also after a failover. <c>Command Timeout</c> must not be 0, and <c>Multiplexing</c> must be off. The role should be neither a superuser nor have BYPASSRLS: these pass by row-level security.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>The schema that holds the tables: lower-case letters, digits and underscores, at most 63. <c>patchgen</c> unless set.</summary>
    public string Schema { get; init; } = "patchgen";

    /// <summary>
    /// Whether statements are prepared, which saves the server parsing them. On unless set; set it off behind a pooler that gives a connection away after each
    /// transaction.
    /// </summary>
    public bool Prepare { get; init; } = true;

    /// <summary>
    /// How often a change is tried when another write comes between, when the server asks for it (40001, 40P01) or when a connection breaks, before it is refused as
    /// <see cref="StoreFault.Unavailable"/>. A change that reaches the command timeout is not tried again. At least 1; 8 unless set.
    /// </summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>
    /// How long a call goes on asking what became of a change when the connection was lost while it was being saved, or when the synchronous standby did not confirm it
    /// within the command timeout; after that it is <see cref="StoreFault.Unknown"/>. 10 seconds unless set.
    /// </summary>
    public TimeSpan RecoveryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal void Require()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ConnectionString);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RecoveryTimeout, TimeSpan.Zero);
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString);
        if (settings.CommandTimeout == 0)
        {
            throw new ArgumentException("The connection string has Command Timeout = 0, so a change could wait for a standby without end. Set a limit in seconds.", nameof(ConnectionString));
        }

        if (settings.Multiplexing)
        {
            throw new ArgumentException("The connection string has Multiplexing on, with which the server's warning that a change may be lost is not seen. Leave it off.", nameof(ConnectionString));
        }

        if (Schema.Length is 0 or > 63 || char.IsAsciiDigit(Schema[0]) || !Schema.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new ArgumentException($"The schema \"{Schema}\" is not a name of lower-case letters, digits and underscores.", nameof(Schema));
        }
    }
}
