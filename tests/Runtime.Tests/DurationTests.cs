using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests;

public class DurationTests
{
    private static readonly DurationValue Delay = PatchValues.Duration("PT30S", "PT1H");

    [Theory]
    [InlineData("PT30S", 30)]
    [InlineData("PT1H", 3600)]
    [InlineData("PT3M", 180)]
    [InlineData("PT180S", 180)]
    [InlineData("PT0.5H", 1800)]
    [InlineData("PT0,5H", 1800)]
    [InlineData("PT1H0S", 3600)]
    [InlineData("PT0H3M0S", 180)]
    [InlineData("PT3M30.5S", 210.5)]
    [InlineData("PT3M30,25S", 210.25)]
    [InlineData("PT90S", 90)]
    [InlineData("PT0000000000000000000000000000090S", 90)]
    [InlineData("P0DT1H", 3600)]
    [InlineData("P0Y0M0DT5M", 300)]
    [InlineData("PT30.0000001S", 30.0000001)]
    [InlineData("PT3600.0000000000000S", 3600)]
    [InlineData("P0.01D", 864)]
    [InlineData("P0.001W", 604.8)]
    [InlineData("P0.0416666666666D", 3599.9999999)]
    [InlineData("PT30.00000009S", 30)]
    [InlineData("PT59M60S", 3600)]
    public void Accepts_every_spelling_of_a_duration_in_range(string text, double seconds)
    {
        TimeSpan value = ValueOf.Ok<TimeSpan, DurationValue>(Delay, $"\"{text}\"");
        Assert.Equal((long)Math.Round(seconds * TimeSpan.TicksPerSecond), value.Ticks);
    }

    [Theory]
    [InlineData("PT29S")]
    [InlineData("PT0S")]
    [InlineData("P0D")]
    [InlineData("PT29.99999999999999999S")]
    [InlineData("PT0.4999999999M")]
    [InlineData("PT3601S")]
    [InlineData("PT60M1S")]
    [InlineData("PT3600.0000001S")]
    [InlineData("PT3600.00000000000000000001S")]
    [InlineData("PT1.00000000000000000000000001H")]
    [InlineData("PT1H0.00000000000001S")]
    [InlineData("P1D")]
    [InlineData("P0Y0M0D")]
    [InlineData("P0,00Y")]
    [InlineData("P1W")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("P0.1Y")]
    [InlineData("P0Y0.5M")]
    [InlineData("P1Y2M3DT4H5M6S")]
    [InlineData("P99999999999999999999W")]
    [InlineData("PT99999999999999999999999999999999999999999999H")]
    [InlineData("P106751991167300DT1S")]
    public void Rejects_durations_out_of_range(string text) =>
        Assert.Equal("out_of_range: Must be between PT30S and PT1H.", ValueOf.Errors<TimeSpan, DurationValue>(Delay, $"\"{text}\""));

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P0DT")]
    [InlineData("T3M")]
    [InlineData("3M")]
    [InlineData("180")]
    [InlineData("pt3m")]
    [InlineData("PT3m")]
    [InlineData("Pt3M")]
    [InlineData("-PT3M")]
    [InlineData("+PT3M")]
    [InlineData("PT-3M")]
    [InlineData("PT+3M")]
    [InlineData(" PT3M")]
    [InlineData("PT3M ")]
    [InlineData("PT3M\\n")]
    [InlineData("PT3M\\u0000")]
    [InlineData("P T3M")]
    [InlineData("PT3 M")]
    [InlineData("PT3")]
    [InlineData("PT3X")]
    [InlineData("PTM")]
    [InlineData("PT.5M")]
    [InlineData("PT5.M")]
    [InlineData("PT1.5H3M")]
    [InlineData("P0,0000YT5M")]
    [InlineData("PT1..5H")]
    [InlineData("PT1.5,5H")]
    [InlineData("PT3S3M")]
    [InlineData("PT3M3M")]
    [InlineData("P3H")]
    [InlineData("PT3D")]
    [InlineData("PT3W")]
    [InlineData("P1W1D")]
    [InlineData("P1WT1M")]
    [InlineData("P1D1W")]
    [InlineData("P0Y1W")]
    [InlineData("PTT3M")]
    [InlineData("PT3MT3S")]
    [InlineData("P0000-00-00T00:03:00")]
    [InlineData("00:03:00")]
    [InlineData("PT٣M")]
    [InlineData("PT３M")]
    [InlineData("PT3M0")]
    [InlineData("PT1e2S")]
    [InlineData("PT0x3M")]
    [InlineData("PT3M/PT4M")]
    [InlineData("R5/PT3M")]
    public void Rejects_other_strings(string text)
    {
        Assert.Equal("bad_format: Must be an ISO-8601 duration.", ValueOf.Errors<TimeSpan, DurationValue>(Delay, $"\"{text}\""));
        Assert.Equal(
            "bad_format: Must be an ISO-8601 duration.", ValueOf.Errors<TimeSpan, DurationValue>(PatchValues.Duration(), $"\"{text}\""));
    }

    [Fact]
    public void The_range_applies_before_truncation()
    {
        // 1/120 of an hour is 30 seconds, but has no finite decimal form.
        string threes = new('3', 5000);
        Assert.Equal(
            "out_of_range: Must be between PT30S and PT1H.", ValueOf.Errors<TimeSpan, DurationValue>(Delay, $"\"PT0.008{threes}H\""));
        Assert.Equal(TimeSpan.FromSeconds(30), ValueOf.Ok<TimeSpan, DurationValue>(Delay, $"\"PT0.008{threes}4H\""));
        Assert.Equal(
            "out_of_range: Must be between PT30S and PT1H.",
            ValueOf.Errors<TimeSpan, DurationValue>(Delay, $"\"PT3600.{new string('0', 5000)}1S\""));
        Assert.Equal(TimeSpan.FromHours(1), ValueOf.Ok<TimeSpan, DurationValue>(Delay, $"\"PT3600.{new string('0', 5000)}S\""));
        Assert.Equal(
            TimeSpan.FromHours(1) - TimeSpan.FromTicks(1),
            ValueOf.Ok<TimeSpan, DurationValue>(Delay, $"\"PT3599.{new string('9', 5000)}S\""));
        Assert.Equal(TimeSpan.FromHours(1), ValueOf.Ok<TimeSpan, DurationValue>(Delay, $"\"PT{new string('0', 5000)}1H\""));
        Assert.Equal(
            "out_of_range: Must be between PT30S and PT1H.",
            ValueOf.Errors<TimeSpan, DurationValue>(Delay, $"\"PT{new string('9', 5000)}H\""));
    }

    [Fact]
    public void Agrees_with_decimal_arithmetic()
    {
        Random random = new(7);
        (string Designator, decimal Seconds)[] units = [("H", 3600), ("M", 60), ("S", 1)];
        for (int i = 0; i < 5000; i++)
        {
            (string designator, decimal seconds) = units[random.Next(units.Length)];
            IEnumerable<int> fraction = Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(4) == 0 ? 0 : random.Next(10));
            string digits = $"{random.Next(0, (int)(3700 / seconds))}.{string.Concat(fraction)}";
            decimal exact = decimal.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) * seconds;
            string json = $"\"PT{digits}{designator}\"";
            if (exact is >= 30 and <= 3600)
            {
                Assert.Equal((long)(exact * TimeSpan.TicksPerSecond), ValueOf.Ok<TimeSpan, DurationValue>(Delay, json).Ticks);
            }
            else
            {
                Assert.StartsWith("out_of_range", ValueOf.Errors<TimeSpan, DurationValue>(Delay, json));
            }
        }
    }

    [Theory]
    [InlineData("PT180S", "PT3M")]
    [InlineData("PT60M", "PT1H")]
    [InlineData("PT30.50S", "PT30.5S")]
    [InlineData("PT0.5H", "PT30M")]
    public void Writes_the_canonical_form(string sent, string written) =>
        Assert.Equal($"\"{written}\"", ValueOf.Written(Delay, ValueOf.Ok<TimeSpan, DurationValue>(Delay, $"\"{sent}\"")));

    [Fact]
    public void Reads_escapes() => Assert.Equal(TimeSpan.FromMinutes(3), ValueOf.Ok<TimeSpan, DurationValue>(Delay, "\"P\\u00543M\""));

    [Theory]
    [InlineData("180")]
    [InlineData("true")]
    [InlineData("[\"PT3M\"]")]
    [InlineData("{}")]
    public void Rejects_other_types(string json) =>
        Assert.Equal("wrong_type: Must be a string.", ValueOf.Errors<TimeSpan, DurationValue>(Delay, json));

    [Fact]
    public void Without_a_range_accepts_every_TimeSpan()
    {
        DurationValue any = PatchValues.Duration();
        Assert.Equal(TimeSpan.Zero, ValueOf.Ok<TimeSpan, DurationValue>(any, "\"PT0S\""));
        Assert.Equal(TimeSpan.FromDays(21), ValueOf.Ok<TimeSpan, DurationValue>(any, "\"P3W\""));
        Assert.Equal(TimeSpan.MaxValue - TimeSpan.FromTicks(1), ValueOf.Ok<TimeSpan, DurationValue>(any, "\"P10675199DT2H48M5.4775806S\""));
        Assert.StartsWith(
            "out_of_range: Must be at most P10675199DT2H48M5.",
            ValueOf.Errors<TimeSpan, DurationValue>(any, "\"P10675199DT2H48M5.4775808S\""));
        Assert.StartsWith("out_of_range", ValueOf.Errors<TimeSpan, DurationValue>(any, "\"P10675200D\""));
        Assert.Equal(
            "bad_format: Must be an ISO-8601 duration without years and months.", ValueOf.Errors<TimeSpan, DurationValue>(any, "\"P1M\""));
        Assert.Equal(TimeSpan.FromDays(1), ValueOf.Ok<TimeSpan, DurationValue>(any, "\"P0Y0M1D\""));
    }

    [Theory]
    [InlineData("30s", "PT1H")]
    [InlineData("PT30S", "P1M")]
    [InlineData("PT30S", "PT1.00000001S")]
    public void Invalid_limits_throw(string min, string max) =>
        Assert.Throws<ArgumentException>(() => PatchValues.Duration(min, max));
}
