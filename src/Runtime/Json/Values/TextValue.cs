using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>How values of one type are written in a JSON string.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITextFormat<T>
{
    /// <summary>The name of the format, for the message of a problem.</summary>
    static abstract string Name { get; }

    /// <summary>Parses the text of a string. Never throws.</summary>
    /// <param name="utf8">The text, valid UTF-8 without escapes.</param>
    /// <param name="value">The value; the type's default if the text does not have the format.</param>
    /// <returns>Whether the text has the format.</returns>
    static abstract bool TryParse(ReadOnlySpan<byte> utf8, out T? value);

    /// <summary>Writes the string.</summary>
    static abstract void Write(Utf8JsonWriter writer, T value);

    /// <summary>Writes the keywords of JSON Schema, <c>type</c> aside.</summary>
    static abstract void Describe(PatchSchemaWriter schema);

    /// <summary>Whether two values are the same.</summary>
    static virtual bool AreEqual(T left, T right) => EqualityComparer<T>.Default.Equals(left, right);

    /// <summary>A hash code that equal values share, resistant to chosen collisions.</summary>
    static abstract int Hash(T value);
}

/// <summary>Values that are written in a string.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <typeparam name="TFormat">The format of the string.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TextValue<T, TFormat> : IPatchValue<T>
    where TFormat : struct, ITextFormat<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Read(ref PatchScanner scanner, int at, out T? value)
    {
        at = scanner.ReadText(at, out ReadOnlySpan<byte> text);
        if (at < 0)
        {
            value = default;
            return ~at;
        }

        return TFormat.TryParse(text, out value) ? at : scanner.BadFormat(at, TFormat.Name);
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, T value) => TFormat.Write(writer, value);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("string");
        TFormat.Describe(schema);
    }

    /// <inheritdoc/>
    public bool AreEqual(T left, T right) => TFormat.AreEqual(left, right);

    /// <inheritdoc/>
    public int Hash(T value) => TFormat.Hash(value);
}
