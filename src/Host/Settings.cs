using System.Globalization;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Host.Keys;

namespace Layers.PatchGen.Host;

/// <summary>The settings of the host, from configuration: command line, environment, appsettings.json.</summary>
/// <param name="StoreKind"><c>Store:Kind</c>: <c>LiteDb</c> unless set, or <c>Sqlite</c>; <c>Postgres</c> for several hosts, <c>Memory</c> for tests.</param>
/// <param name="StorePath"><c>Store:Path</c>: the data folder, <c>data</c> in the current directory unless set.</param>
/// <param name="StoreConnection"><c>Store:Connection</c>: the connection string, for <c>Postgres</c>.</param>
/// <param name="StoreUser"><c>Store:User</c>: the role that the hosts log in as, for <c>--migrate</c>, which gives it what it needs; none when empty.</param>
/// <param name="MaxDocumentBytes"><c>MaxDocumentBytes</c>: the most bytes that patches may make of a document, 1,048,576 unless set.</param>
/// <param name="Demo"><c>Demo</c>: whether the demo's keys are known and its documents put into an empty store; on in Development only, unless set.</param>
/// <param name="Keys"><c>Keys</c>: each with <c>Sha256</c> (of the key), <c>Tenant</c> and <c>Scopes</c> (separated by spaces).</param>
public sealed record Settings(string StoreKind, string StorePath, string StoreConnection, string StoreUser, int MaxDocumentBytes, bool Demo, IReadOnlyList<ApiKey> Keys)
{
    /// <summary>Whether a store in files is opened that lacks acknowledged changes: <see cref="HostApp.AcceptRestore"/>. Not from configuration, where it would stay.</summary>
    public bool AcceptRestore { get; init; }

    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    public static Settings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        bool demo = environment.IsDevelopment();
        if (configuration["Demo"] is { } text && !bool.TryParse(text, out demo))
        {
            throw new SettingsException($"The setting Demo is '{text}'; it must be true or false.");
        }

        return new Settings(
            configuration["Store:Kind"] ?? DocumentStores.Default,
            Path.GetFullPath(configuration["Store:Path"] ?? "data"),
            configuration["Store:Connection"] ?? "",
            configuration["Store:User"] ?? "",
            ReadMaxDocumentBytes(configuration["MaxDocumentBytes"]),
            demo,
            [.. configuration.GetSection("Keys").GetChildren().Select(ReadKey)]);
    }

    private static int ReadMaxDocumentBytes(string? text)
    {
        if (text is null)
        {
            return new PatchGenOptions().MaxDocumentBytes;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) && bytes > 0
            ? bytes
            : throw new SettingsException($"The setting MaxDocumentBytes is '{text}'; it must be a number of bytes from 1 to {int.MaxValue}.");
    }

    private static ApiKey ReadKey(IConfigurationSection key)
    {
        string Required(string name, string? oldName = null) =>
            key[name] ?? (oldName is null ? null : key[oldName]) ?? throw new SettingsException($"The setting {key.Path} lacks {name}. A key has Sha256 (of the key), Tenant and Scopes (separated by spaces).");

        try
        {
            return ApiKey.OfHash(Required("Sha256"), Required("Tenant", oldName: "Organisation"), Required("Scopes"));
        }
        catch (FormatException e)
        {
            throw new SettingsException($"The setting {key.Path}:Sha256 is not a SHA-256 of 64 hexadecimal digits. To make one: printf %s \"$KEY\" | sha256sum", e);
        }
    }
}
