using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Numbers of single or double precision. A number beyond the greatest is out of range; one between two values gives the nearest.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FloatValue<T> : IPatchValue<T>
    where T : struct, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out T value)
    {
        value = default;
        int end = scanner.ReadNumber(at, ProblemTexts.Number, out _);
        if (end < 0)
        {
            return ~end;
        }

        if (T.TryParse(scanner.Between(at, end), NumberStyles.Float, CultureInfo.InvariantCulture, out T number) && T.IsFinite(number))
        {
            value = number;
            return end;
        }

        return scanner.OutOfRange(end, new Limits(ProblemTexts.Value(T.MinValue), ProblemTexts.Value(T.MaxValue)));
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, T value)
    {
        if (value is float single)
        {
            writer.WriteNumberValue(single);
        }
        else
        {
            writer.WriteNumberValue(double.CreateTruncating(value));
        }
    }

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T value)
    {
        if (!T.IsFinite(value))
        {
            problems.Add(ProblemKind.OutOfRange, null, new Limits(ProblemTexts.Value(T.MinValue), ProblemTexts.Value(T.MaxValue)));
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("number");
        schema.Range(T.MinValue, T.MaxValue);
    }

    /// <inheritdoc/>
    public bool AreEqual(T left, T right) => left.Equals(right);

    /// <inheritdoc/>
    public int Hash(T value)
    {
        // Adding zero makes one zero of the two.
        long bits = BitConverter.DoubleToInt64Bits(double.CreateTruncating(value) + 0.0);
        return HashCode.Combine((int)bits, (int)(bits >> 32));
    }
}

/// <summary>Decimal numbers. A number that <see cref="decimal"/> cannot reach is out of range; digits beyond its 28 are rounded.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DecimalValue : IPatchValue<decimal>
{
    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out decimal value)
    {
        value = default;
        int end = scanner.ReadNumber(at, ProblemTexts.Number, out _);
        if (end < 0)
        {
            return ~end;
        }

        return decimal.TryParse(scanner.Between(at, end), NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            ? end
            : scanner.OutOfRange(end, new Limits(ProblemTexts.Value(decimal.MinValue), ProblemTexts.Value(decimal.MaxValue)));
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, decimal value) => writer.WriteNumberValue(value);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, decimal value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("number");
        schema.Range(decimal.MinValue, decimal.MaxValue);
    }

    /// <inheritdoc/>
    public bool AreEqual(decimal left, decimal right) => left == right;

    /// <inheritdoc/>
    public int Hash(decimal value)
    {
        // Dividing by one, written with all its zeros, takes the zeros off the end: 1.0 and 1.00 are the same.
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value / 1.000000000000000000000000000000m, parts);
        return value == 0 ? 0 : HashCode.Combine(parts[0], parts[1], parts[2], parts[3]);
    }
}
