using System.Globalization;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Host.Keys;

namespace Layers.PatchGen.Host;

/// <summary>The settings of the host, from configuration: command line, environment, appsettings.json.</summary>
/// <param name="StoreKind">
/// <c>Store:Kind</c>: <c>LiteDb</c> (the default), <c>Sqlite</c>, <c>Postgres</c> for several hosts, or <c>Memory</c> for tests.
/// </param>
/// <param name="StorePath"><c>Store:Path</c>: the data folder; by default <c>data</c> in the current directory.</param>
/// <param name="StoreConnection"><c>Store:Connection</c>: the connection string, for <c>Postgres</c>.</param>
/// <param name="StoreUser">
/// <c>Store:User</c>: for <c>--migrate</c>, the role that the hosts log in as, which is granted what it needs; empty for none.
/// </param>
/// <param name="PathBase">
/// <c>PathBase</c>: the path that a proxy mounts the host under, such as <c>/api</c>, whether it strips it or not; by default none.
/// </param>
/// <param name="MaxDocumentBytes"><c>MaxDocumentBytes</c>: the maximum size of a document after a patch; by default 1,048,576.</param>
/// <param name="Formats">
/// <c>Formats</c>: what a patch of an influencer may be besides <c>application/json</c>: <c>MergePatch</c>, <c>JsonPatch</c>, or both,
/// separated by a comma; by default none.
/// </param>
/// <param name="Demo">
/// <c>Demo</c>: whether there are demo keys, and demo documents in an empty store; by default in Development only.
/// </param>
/// <param name="Keys"><c>Keys</c>: each with <c>Sha256</c> (of the key), <c>Tenant</c> and <c>Scopes</c> (separated by spaces).</param>
public sealed record Settings(
    string StoreKind,
    string StorePath,
    string StoreConnection,
    string StoreUser,
    string PathBase,
    int MaxDocumentBytes,
    PatchFormats Formats,
    bool Demo,
    IReadOnlyList<ApiKey> Keys)
{
    /// <summary>
    /// Whether to open a store in files that lacks acknowledged changes: <see cref="HostApp.AcceptRestore"/>. Not a setting, which would
    /// stay on.
    /// </summary>
    public bool AcceptRestore { get; init; }

    /// <summary>Reads the settings.</summary>
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
            ReadPathBase(configuration["PathBase"] ?? ""),
            ReadMaxDocumentBytes(configuration["MaxDocumentBytes"]),
            ReadFormats(configuration["Formats"]),
            demo,
            [.. configuration.GetSection("Keys").GetChildren().Select(ReadKey)]);
    }

    private static string ReadPathBase(string text)
    {
        if (text is "" or "/")
        {
            return "";
        }

        return text[0] == '/' && text[^1] != '/' && !text.AsSpan().ContainsAny("?#% ")
            ? text
            : throw new SettingsException($"The setting PathBase is '{text}'; it must begin with / and not end with it, such as /api.");
    }

    private static int ReadMaxDocumentBytes(string? text)
    {
        if (text is null)
        {
            return new PatchGenOptions().MaxDocumentBytes;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) && bytes > 0
            ? bytes
            : throw new SettingsException(
                $"The setting MaxDocumentBytes is '{text}'; it must be a number of bytes from 1 to {int.MaxValue}.");
    }

    private static PatchFormats ReadFormats(string? text)
    {
        PatchFormats formats = PatchFormats.None;
        foreach (string name in text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            formats |= name switch
            {
                nameof(PatchFormats.MergePatch) => PatchFormats.MergePatch,
                nameof(PatchFormats.JsonPatch) => PatchFormats.JsonPatch,
                _ => throw new SettingsException(
                    $"The setting Formats has '{name}'; it must be MergePatch, JsonPatch or MergePatch,JsonPatch."),
            };
        }

        return formats;
    }

    private static ApiKey ReadKey(IConfigurationSection key)
    {
        string Required(string name, string? oldName = null) =>
            key[name] ?? (oldName is null ? null : key[oldName]) ?? throw new SettingsException(
                $"The setting {key.Path} lacks {name}. A key has Sha256 (of the key), Tenant and Scopes (separated by spaces).");

        try
        {
            return ApiKey.OfHash(Required("Sha256"), Required("Tenant", oldName: "Organisation"), Required("Scopes"));
        }
        catch (FormatException e)
        {
            throw new SettingsException(
                $"The setting {key.Path}:Sha256 is not a SHA-256 of 64 hexadecimal digits. "
                + "To create one: printf %s \"$KEY\" | sha256sum",
                e);
        }
    }
}
