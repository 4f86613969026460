using System.Globalization;
using System.Numerics;
using System.Text;
using Layers.PatchGen.Json;
using Layers.PatchGen.Runtime.Tests.Models;
using Xunit.Abstractions;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Values with a fast path, compared with the platform or with a slow, obvious implementation.</summary>
public class ValueParityTests(ITestOutputHelper output)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Every lead byte with every second byte; of the following bytes, those at the limits of UTF-8 (RFC 3629 section 4).
    private static readonly byte[] Limits = [0x00, 0x22, 0x61, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xF0, 0xFF];

    [Fact]
    public void Every_sequence_of_utf8_is_read_as_the_platform_reads_it()
    {
        One<string, StringValue>.Use(PatchValues.String);
        int valid = 0;
        for (int lead = 0x80; lead <= 0xFF; lead++)
        {
            for (int second = 0; second <= 0xFF; second++)
            {
                foreach (byte third in Limits)
                {
                    // With text before and after it, so that it occurs at every position in a block.
                    byte[] before = [.. Enumerable.Repeat((byte)'b', (lead + second + third) % 40)];
                    byte[] after = [.. Enumerable.Repeat((byte)'a', second % 40)];
                    valid += AssertReadAsUtf8([.. before, (byte)lead, (byte)second, third, (byte)'c', .. after]) ? 1 : 0;
                    valid += AssertReadAsUtf8([.. before, (byte)lead, (byte)second, third, 0xBF, .. after]) ? 1 : 0;
                }
            }
        }

        Assert.True(valid > 5_000, $"Only {valid} of the sequences were valid.");
    }

    [Fact]
    public void Strings_of_any_scalars_are_read_as_the_platform_reads_them()
    {
        Random random = Seeded();
        One<string, StringValue>.Use(PatchValues.String);
        for (int i = 0; i < 5_000; i++)
        {
            var text = new StringBuilder();
            for (int length = random.Next(70); length > 0; length--)
            {
                int scalar = random.Next(0x20, random.Next(6) switch { 0 => 0x800, 1 => 0xD800, 2 => 0x110000, _ => 0x80 });
                text.Append(Rune.IsValid(scalar) ? new Rune(scalar).ToString() : "\uFFFD");
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text.Replace("\"", "'").Replace("\\", "/").ToString());
            if (bytes.Length > 0 && random.Next(3) == 0)
            {
                bytes[random.Next(bytes.Length)] ^= 0x80;
            }

            AssertReadAsUtf8(bytes);
        }
    }

    [Fact]
    public void Numbers_are_read_exactly()
    {
        Random random = Seeded();
        foreach (
            string text in Numbers(random).Concat(
                [
                    "0", "-0", "0.0", "-0.00", "9007199254740992", "9007199254740993", "16777216", "16777217", "999999999999999999",
                    "1000000000000000000",
                ]))
        {
            One<double, FloatValue<double>>.Use(PatchValues.Double);
            double expected = double.Parse(text, CultureInfo.InvariantCulture);
            Assert.Equal(
                BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(ReadOne<double, FloatValue<double>>(text)));

            One<float, FloatValue<float>>.Use(PatchValues.Single);
            float single = float.Parse(text, CultureInfo.InvariantCulture);
            Assert.Equal(BitConverter.SingleToInt32Bits(single), BitConverter.SingleToInt32Bits(ReadOne<float, FloatValue<float>>(text)));

            One<decimal, DecimalValue>.Use(PatchValues.Decimal);
            decimal exact = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            Assert.Equal(decimal.GetBits(exact), decimal.GetBits(ReadOne<decimal, DecimalValue>(text)));
        }
    }

    [Fact]
    public void Durations_are_read_exactly()
    {
        Random random = Seeded();
        One<TimeSpan, DurationValue>.Use(new DurationValue(null, null));
        (char Designator, long Ticks)[] units =
            [('D', TimeSpan.TicksPerDay), ('H', TimeSpan.TicksPerHour), ('M', TimeSpan.TicksPerMinute), ('S', TimeSpan.TicksPerSecond)];
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder("P");
            BigInteger ticks = BigInteger.Zero;
            int last = random.Next(units.Length);
            for (int unit = random.Next(last + 1); unit <= last; unit++)
            {
                string digits = Digits(random, random.Next(1, random.Next(4) == 0 ? 20 : 6));
                string fraction = unit == last && random.Next(3) == 0 ? Digits(random, random.Next(1, 12)) : "";
                text.Append(unit > 0 && !text.ToString().Contains('T', StringComparison.Ordinal) ? "T" : "")
                    .Append(digits).Append(fraction.Length > 0 ? "." : "").Append(fraction).Append(units[unit].Designator);

                // Truncated to the tick; only the last component has a fraction.
                ticks += BigInteger.Parse(
                    digits + fraction, CultureInfo.InvariantCulture) * units[unit].Ticks / BigInteger.Pow(10, fraction.Length);
            }

            bool ok =
                PatchReader.TryRead<One<TimeSpan, DurationValue>>(Encoding.UTF8.GetBytes($$"""{"v":"{{text}}"}"""), out var patch, out _);
            Assert.True(ok == ticks < long.MaxValue, $"{text} is {ticks} ticks.");
            if (ok)
            {
                read++;
                Assert.True(patch!.Value.Ticks == ticks, $"{text} is {ticks} ticks, not {patch.Value.Ticks}.");
            }
        }

        Assert.InRange(read, 10_000, 19_999);
    }

    [Theory]
    [InlineData("m", 1)]
    [InlineData("member", 3_000)]
    [InlineData("aVeryLongNameWithTheSameStart", 3_000)]
    public void Only_names_in_the_table_are_found(string stem, int count)
    {
        string[] known = [.. Enumerable.Range(0, count).Select(i => $"{stem}{i}")];
        PatchNames names = new([.. known], new PatchFence("fenced", null));
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(i, names.Find(Encoding.UTF8.GetBytes(known[i])));
            Assert.Equal(-1, names.Find(Encoding.UTF8.GetBytes($"{stem}{i}_")));
            Assert.Equal(-1, names.Find(Encoding.UTF8.GetBytes($"{i}{stem}")));
        }

        Assert.Equal(count, names.Find("fenced"u8));
        Assert.Equal(-1, names.Find(""u8));
    }

    private Random Seeded()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("PATCHGEN_SEED"), CultureInfo.InvariantCulture, out int given)
            ? given
            : Environment.TickCount;
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    private static IEnumerable<string> Numbers(Random random)
    {
        for (int i = 0; i < 20_000; i++)
        {
            string whole = random.Next(4) == 0 ? "0" : Digits(random, random.Next(1, 20)).TrimStart('0').PadLeft(1, '1');
            string fraction = random.Next(3) == 0 ? "" : "." + Digits(random, random.Next(1, 25));
            string exponent = random.Next(8) == 0 ? "e" + (random.Next(40) - 30).ToString(CultureInfo.InvariantCulture) : "";

            // Within the range of decimal.
            yield return (random.Next(2) == 0 ? "-" : "") + (exponent.Length > 0 ? whole[..1] : whole) + fraction + exponent;
        }
    }

    private static string Digits(Random random, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));

    private static T ReadOne<T, TValue>(string json)
        where TValue : struct, IPatchValue<T> => Read.Ok<One<T, TValue>>($$"""{"v":{{json}}}""").Value!;

    private static bool AssertReadAsUtf8(byte[] text)
    {
        bool ok = PatchReader.TryRead<One<string, StringValue>>(
            [.. "{\"v\":\""u8, .. text, .. "\"}"u8], out var patch, out PatchProblems problems);
        string? expected = null;
        if (!text.AsSpan().Contains((byte)'"') && !text.AsSpan().ContainsAnyInRange((byte)0, (byte)0x1F))
        {
            try
            {
                expected = Strict.GetString(text);
            }
            catch (DecoderFallbackException)
            {
            }
        }

        Assert.True(ok == expected is not null, $"{Convert.ToHexString(text)}: {(ok ? "was read" : problems[0].Message)}");
        Assert.Equal(expected, ok ? patch!.Value : null);
        return ok;
    }
}
