using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>
/// The values of an enum by their numbers. A number that is no value is rejected; of flags, values may be combined, and zero is none.
/// </summary>
/// <typeparam name="TEnum">The enum.</typeparam>
/// <typeparam name="TNumber">The type of its numbers.</typeparam>
/// <param name="isFlags">Values may be combined: the enum has <see cref="FlagsAttribute"/>.</param>
/// <param name="values">The values, each once.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumNumberValue<TEnum, TNumber>(bool isFlags, params TEnum[] values) : IPatchValue<TEnum>
    where TEnum : struct, Enum
    where TNumber : struct, IBinaryInteger<TNumber>, IMinMaxValue<TNumber>
{
    /// <inheritdoc/>
    public int Read(ref PatchScanner scanner, int at, out TEnum value)
    {
        int found = scanner.Problems.Count;
        at = scanner.ReadInteger(at, out TNumber number);
        value = Unsafe.BitCast<TNumber, TEnum>(number);
        if (scanner.Problems.Count == found)
        {
            Check(ref scanner.Problems, value);
        }

        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, TEnum value) => default(IntegerValue<TNumber>).Write(writer, Number(value));

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, TEnum value)
    {
        if (values.AsSpan().Contains(value) || (isFlags && TNumber.IsZero(Number(value) & ~All())))
        {
            return;
        }

        string[] numbers = Array.ConvertAll(values, static v => ProblemTexts.Value(Number(v)));
        if (isFlags)
        {
            problems.Add(ProblemKind.WrongType, null, $"{ProblemTexts.WholeNumber} that combines {string.Join(", ", numbers)}");
        }
        else
        {
            problems.Add(ProblemKind.NotAllowedValue, null, numbers);
        }
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema)
    {
        schema.Type("integer");
        if (!isFlags)
        {
            schema.Allowed<TNumber>(Array.ConvertAll(values, Number));
        }
        else
        {
            TNumber all = All();
            schema.Range(TNumber.IsNegative(all) ? TNumber.MinValue : TNumber.Zero, TNumber.IsNegative(all) ? TNumber.MaxValue : all);
        }
    }

    /// <inheritdoc/>
    public bool AreEqual(TEnum left, TEnum right) => EqualityComparer<TEnum>.Default.Equals(left, right);

    /// <inheritdoc/>
    public int Hash(TEnum value) => value.GetHashCode();

    private static TNumber Number(TEnum value) => Unsafe.BitCast<TEnum, TNumber>(value);

    private TNumber All()
    {
        TNumber all = TNumber.Zero;
        foreach (TEnum value in values)
        {
            all |= Number(value);
        }

        return all;
    }
}
