using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace Layers.PatchGen.Host.Keys;

/// <summary>A key that callers may present. Only its hash is kept: a key is long and random, so that a plain SHA-256 cannot be turned back.</summary>
public sealed class ApiKey
{
    private readonly byte[] _hash;

    private ApiKey(byte[] hash, string tenant, string scopes)
    {
        _hash = hash;
        Caller = new ClaimsPrincipal(new ClaimsIdentity([new("org", tenant), new("scope", scopes)], ApiKeyHandler.SchemeName));
    }

    /// <summary>Whom the key stands for.</summary>
    public ClaimsPrincipal Caller { get; }

    /// <summary>A key by its SHA-256, as configuration holds it.</summary>
    /// <param name="sha256">64 hexadecimal digits.</param>
    /// <param name="tenant">Whose documents it opens.</param>
    /// <param name="scopes">What it allows, separated by spaces.</param>
    /// <exception cref="FormatException">The hash is none.</exception>
    public static ApiKey OfHash(string sha256, string tenant, string scopes)
    {
        byte[] hash = Convert.FromHexString(sha256);
        return hash.Length == SHA256.HashSizeInBytes ? new(hash, tenant, scopes) : throw new FormatException("A SHA-256 has 64 hexadecimal digits.");
    }

    /// <summary>A key that is known to all, such as those of the demo.</summary>
    public static ApiKey OfPlain(string key, string tenant, string scopes) => new(Hash(key), tenant, scopes);

    /// <summary>Finds the key that was presented. The time this takes does not depend on how much of it was right.</summary>
    public static ApiKey? Find(IReadOnlyList<ApiKey> keys, string presented)
    {
        byte[] hash = Hash(presented);
        ApiKey? found = null;
        foreach (ApiKey key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key._hash, hash))
            {
                found = key;
            }
        }

        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
