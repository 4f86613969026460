using Npgsql;

namespace Layers.PatchGen.Storage.Postgres;

/// <summary>The options of a <see cref="PostgresDocumentStore"/>. Read once, when the store is opened.</summary>
public sealed class PostgresStoreOptions : IStoreOptions
{
    /// <summary>
    /// Npgsql's connection string, with the pool size and the timeouts. Required. <c>Maximum Pool Size</c> is 16 by default. Several hosts
    /// can be given (<c>Host=db1,db2:5433</c>): the store finds the primary, also after a failover. <c>Command Timeout</c> must not be 0,
    /// and <c>Multiplexing</c> must be off. The role should neither be a superuser nor have BYPASSRLS: row-level security does not apply to
    /// these.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// Configures what a connection string cannot: a password that expires (<c>UsePeriodicPasswordProvider</c>, for tokens of a cloud
    /// provider), certificates, logging. Called for each host when the store is opened. Do not turn on multiplexing in it. Null by default.
    /// </summary>
    public Action<NpgsqlDataSourceBuilder>? ConfigureDataSource { get; set; }

    /// <summary>
    /// The schema of the tables: at most 63 lower-case letters, digits and underscores, not beginning with a digit. Default:
    /// <c>patchgen</c>.
    /// </summary>
    public string Schema { get; set; } = "patchgen";

    /// <summary>
    /// Whether statements are prepared, so that the server parses them once per connection. Set it to false behind a connection pooler in
    /// transaction mode. Default: true.
    /// </summary>
    public bool Prepare { get; set; } = true;

    /// <summary>
    /// How often a call is attempted in all when another write comes between, the server asks for it (40001, 40P01) or the connection
    /// breaks. After that it fails with <see cref="StoreFault.Unavailable"/>. A call that reaches the command timeout is not attempted
    /// again. At least 1. Default: 8.
    /// </summary>
    public int MaxAttempts { get; set; } = 8;

    /// <summary>
    /// How long a call tries to find out whether a change was saved, when the connection was lost while saving, or when the synchronous
    /// standby did not confirm the change within the command timeout. After that it fails with <see cref="StoreFault.Unknown"/>. Default:
    /// 10 seconds.
    /// </summary>
    public TimeSpan RecoveryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long opening waits for a server that accepts changes: during a failover, or when the server starts at the same time as the
    /// application. Then it fails with <see cref="StoreFault.Unavailable"/>. Zero does not wait. Default: 30 seconds.
    /// </summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a change waits for a document that another transaction has locked, before it fails with
    /// <see cref="StoreFault.Unavailable"/>. At least 1 millisecond; shorter than the command timeout, to be of use. Default: 5 seconds.
    /// </summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);

    IEnumerable<string> IStoreOptions.Validate()
    {
        foreach (string problem in ValidateConnectionString())
        {
            yield return problem;
        }

        if (Schema.Length is 0 or > 63
            || char.IsAsciiDigit(Schema[0])
            || !Schema.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            yield return $"Schema is \"{Schema}\". It must consist of at most 63 lower-case letters, digits and underscores, "
                + "and must not begin with a digit.";
        }

        if (MaxAttempts < 1)
        {
            yield return $"MaxAttempts is {MaxAttempts}. It must be at least 1.";
        }

        if (LockTimeout < TimeSpan.FromMilliseconds(1) || LockTimeout.TotalMilliseconds > int.MaxValue)
        {
            yield return $"LockTimeout is {LockTimeout}. It must be from 1 millisecond to 24 days.";
        }

        if (RecoveryTimeout < TimeSpan.Zero)
        {
            yield return $"RecoveryTimeout is {RecoveryTimeout}. It must not be negative.";
        }

        if (StartTimeout < TimeSpan.Zero)
        {
            yield return $"StartTimeout is {StartTimeout}. It must not be negative.";
        }
    }

    private List<string> ValidateConnectionString()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            return ["ConnectionString is not set. An example is \"Host=localhost;Username=patchgen;Database=patchgen\"."];
        }

        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(ConnectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The message names the keyword and not its value, which may be a password.
            return [$"ConnectionString is not valid. {exception.Message}"];
        }

        List<string> problems = [];
        if (settings.CommandTimeout == 0)
        {
            problems.Add("ConnectionString has Command Timeout = 0, so a change could wait for a standby forever. Set a limit in seconds.");
        }

        if (settings.Multiplexing)
        {
            problems.Add("ConnectionString has Multiplexing on, which hides the server's warning that a change may be lost. Set it off.");
        }

        return problems;
    }
}
