using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace Layers.PatchGen.Host.Keys;

/// <summary>An API key. Only its hash is kept; keys are long and random, so a plain SHA-256 cannot be reversed.</summary>
public sealed class ApiKey
{
    private readonly byte[] _hash;

    private ApiKey(byte[] hash, string tenant, string scopes)
    {
        _hash = hash;
        Caller = new ClaimsPrincipal(new ClaimsIdentity([new("org", tenant), new("scope", scopes)], ApiKeyHandler.SchemeName));
    }

    /// <summary>The principal of a caller with this key.</summary>
    public ClaimsPrincipal Caller { get; }

    /// <summary>Creates a key from its SHA-256, as configuration has it.</summary>
    /// <param name="sha256">64 hexadecimal digits.</param>
    /// <param name="tenant">The tenant whose documents it gives access to.</param>
    /// <param name="scopes">The scopes that it grants, separated by spaces.</param>
    /// <exception cref="FormatException">The hash is not a SHA-256.</exception>
    public static ApiKey OfHash(string sha256, string tenant, string scopes)
    {
        byte[] hash = Convert.FromHexString(sha256);
        return hash.Length == SHA256.HashSizeInBytes ? new(hash, tenant, scopes) : throw new FormatException(
            "A SHA-256 has 64 hexadecimal digits.");
    }

    /// <summary>Creates a key from its plain text, for public keys such as those of the demo.</summary>
    public static ApiKey OfPlain(string key, string tenant, string scopes) => new(Hash(key), tenant, scopes);

    /// <summary>Finds the key that a caller presented. The comparison takes constant time.</summary>
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
