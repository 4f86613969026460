using System.ComponentModel;
using System.Numerics;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Strings, kept as sent: no trimming, no normalisation.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StringValue : IPatchValue<string>
{
    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out string? value)
    {
        if (scanner.ByteAt(at) == (byte)'"')
        {
            return scanner.ReadString(at, out value);
        }

        value = null;
        return scanner.WrongType(at, ProblemTexts.String);
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, string value)
    {
        if (!IsUnicode(value))
        {
            problems.Add(ProblemKind.BadFormat, null, ProblemTexts.Unicode);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("string");
    }

    /// <inheritdoc/>
    public bool AreEqual(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);

    /// <inheritdoc/>
    public int Hash(string value) => value.GetHashCode(StringComparison.Ordinal);

    // A lone surrogate cannot be written as UTF-8.
    private static bool IsUnicode(string value)
    {
        for (int i = value.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]) && !(i + 1 < value.Length && char.IsSurrogatePair(value[i], value[++i])))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>True and false.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BooleanValue : IPatchValue<bool>
{
    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out bool value) => scanner.ReadBoolean(at, out value);

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, bool value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("boolean");
    }

    /// <inheritdoc/>
    public bool AreEqual(bool left, bool right) => left == right;

    /// <inheritdoc/>
    public int Hash(bool value) => value ? 1 : 0;
}

/// <summary>Whole numbers, written without fraction or exponent.</summary>
/// <typeparam name="T">One of the eight integer types of 8 to 64 bits.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct IntegerValue<T> : IPatchValue<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out T value) => scanner.ReadInteger(at, out value);

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, T value)
    {
        if (T.IsNegative(value))
        {
            writer.WriteNumberValue(long.CreateTruncating(value));
        }
        else
        {
            writer.WriteNumberValue(ulong.CreateTruncating(value));
        }
    }

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("integer");
        schema.Range(T.MinValue, T.MaxValue);
    }

    /// <inheritdoc/>
    public bool AreEqual(T left, T right) => left == right;

    /// <inheritdoc/>
    public int Hash(T value)
    {
        ulong bits = ulong.CreateTruncating(value);
        return HashCode.Combine((uint)bits, (uint)(bits >> 32));
    }
}
