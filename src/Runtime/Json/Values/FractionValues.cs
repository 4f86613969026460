using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>
/// Numbers of single or double precision. A number beyond the greatest value is out of range; others are rounded to the nearest value.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FloatValue<T> : IPatchValue<T>
    where T : struct, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    // Whole numbers and powers of ten up to these are exact, so one division of the two rounds once, correctly (W. D. Clinger, "How to Read
    // Floating Point Numbers Accurately", 1990).
    private static readonly ulong MaxDigits = 1UL << default(T).GetSignificandBitLength();
    private static readonly T[] Powers = PowersOfTen(typeof(T) == typeof(double) ? 22 : 10);

    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out T value)
    {
        int end = scanner.ReadShortNumber(at, out ulong digits, out int scale);
        if (end < 0 || digits > MaxDigits || scale >= Powers.Length)
        {
            return ReadAny(ref scanner, at, out value);
        }

        T number = T.CreateTruncating(digits) / Powers[scale];
        value = scanner.ByteAt(at) == (byte)'-' ? -number : number;
        return end;
    }

    private static T[] PowersOfTen(int last)
    {
        var powers = new T[last + 1];
        powers[0] = T.One;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * T.CreateTruncating(10);
        }

        return powers;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadAny(ref PatchScanner scanner, int at, out T value)
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
        // Adding zero turns negative zero into zero.
        long bits = BitConverter.DoubleToInt64Bits(double.CreateTruncating(value) + 0.0);
        return HashCode.Combine((int)bits, (int)(bits >> 32));
    }
}

/// <summary>
/// Decimal numbers. A number beyond the range of <see cref="decimal"/> is out of range; digits beyond its 28 are rounded.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DecimalValue : IPatchValue<decimal>
{
    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out decimal value)
    {
        int end = scanner.ReadShortNumber(at, out ulong digits, out int scale);
        if (end < 0)
        {
            return ReadAny(ref scanner, at, out value);
        }

        value = new decimal((int)digits, (int)(digits >> 32), 0, scanner.ByteAt(at) == (byte)'-', (byte)scale);
        return end;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadAny(ref PatchScanner scanner, int at, out decimal value)
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
        // Dividing by one with 28 decimals removes trailing zeros: 1.0 and 1.00 are the same.
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value / 1.000000000000000000000000000000m, parts);
        return value == 0 ? 0 : HashCode.Combine(parts[0], parts[1], parts[2], parts[3]);
    }
}
