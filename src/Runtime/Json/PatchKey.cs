using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Layers.PatchGen.Json;

/// <summary>Keys of dictionaries and keyed lists, as they are written as names in JSON.</summary>
/// <remarks>
/// A key has one spelling: that of the invariant culture. So two names in a body are the same key only if they are the same text.
/// </remarks>
internal static class PatchKey
{
    /// <summary>Reads a key.</summary>
    /// <param name="name">The name.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether the name is the spelling of a key.</returns>
    public static bool TryParse<TKey>(string name, [MaybeNullWhen(false)] out TKey key)
        where TKey : notnull, IParsable<TKey> =>
        TKey.TryParse(name, CultureInfo.InvariantCulture, out key) && ToName(key) == name;

    /// <summary>The name of a key.</summary>
    public static string ToName<TKey>(TKey key)
        where TKey : notnull =>
        key as string ?? (key as IFormattable)?.ToString(null, CultureInfo.InvariantCulture) ?? key.ToString() ?? "";

    /// <summary>A hash code that equal keys share, resistant to chosen collisions.</summary>
    public static int Hash<TKey>(TKey key)
        where TKey : notnull => PatchValues.String.Hash(ToName(key));

    /// <summary>How keys are compared: strings ordinally.</summary>
    public static IEqualityComparer<TKey> Comparer<TKey>() =>
        typeof(TKey) == typeof(string) ? (IEqualityComparer<TKey>)StringComparer.Ordinal : EqualityComparer<TKey>.Default;

    /// <summary>What a name must be, for people; null for any text.</summary>
    public static string? Expected<TKey>() => default(TKey) switch
    {
        sbyte => Integer<sbyte>(),
        byte => Integer<byte>(),
        short => Integer<short>(),
        ushort => Integer<ushort>(),
        int => Integer<int>(),
        uint => Integer<uint>(),
        long => Integer<long>(),
        ulong => Integer<ulong>(),
        Guid => "UUID in lower case, with hyphens and without braces",
        _ => null,
    };

    /// <summary>The pattern of a name; null for any text.</summary>
    public static string? Pattern<TKey>() => default(TKey) switch
    {
        sbyte or short or int or long => "0|-?[1-9][0-9]*",
        byte or ushort or uint or ulong => "0|[1-9][0-9]*",
        Guid => "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        _ => null,
    };

    private static string Integer<T>()
        where T : IMinMaxValue<T>, IFormattable => string.Create(
        CultureInfo.InvariantCulture, $"whole number from {T.MinValue} to {T.MaxValue}, without leading zeros or a plus sign");
}
