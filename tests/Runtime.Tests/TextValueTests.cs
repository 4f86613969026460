using Layers.PatchGen.Json;
using BytesValue = Layers.PatchGen.Json.TextValue<byte[], Layers.PatchGen.Json.BytesText>;
using DateOnlyValue = Layers.PatchGen.Json.TextValue<System.DateOnly, Layers.PatchGen.Json.DateOnlyText>;
using DateTimeOffsetValue = Layers.PatchGen.Json.TextValue<System.DateTimeOffset, Layers.PatchGen.Json.DateTimeOffsetText>;
using DateTimeValue = Layers.PatchGen.Json.TextValue<System.DateTime, Layers.PatchGen.Json.DateTimeText>;
using GuidValue = Layers.PatchGen.Json.TextValue<System.Guid, Layers.PatchGen.Json.GuidText>;
using TimeOnlyValue = Layers.PatchGen.Json.TextValue<System.TimeOnly, Layers.PatchGen.Json.TimeOnlyText>;
using UriValue = Layers.PatchGen.Json.TextValue<System.Uri, Layers.PatchGen.Json.UriText>;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Values that are written in strings.</summary>
public class TextValueTests
{
    [Theory]
    [InlineData("6F9619FF-8B86-D011-B42D-00C04FC964FF", true)]
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964ff", true)]
    [InlineData("{6f9619ff-8b86-d011-b42d-00c04fc964ff}", false)]
    [InlineData("6f9619ff8b86d011b42d00c04fc964ff", false)]
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964f", false)]
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964fg", false)]
    [InlineData(" 6f9619ff-8b86-d011-b42d-00c04fc964ff", false)]
    [InlineData("", false)]
    public void Guids_have_36_characters(string text, bool accepted)
    {
        if (accepted)
        {
            Assert.Equal(Guid.Parse(text), ValueOf.Ok<Guid, GuidValue>(PatchValues.Guid, $"\"{text}\""));
        }
        else
        {
            Assert.Equal("bad_format: Must be a UUID.", ValueOf.Errors<Guid, GuidValue>(PatchValues.Guid, $"\"{text}\""));
        }
    }

    [Theory]
    [InlineData("2026-04-18T09:30:00Z", "2026-04-18T09:30:00.0000000+00:00")]
    [InlineData("2026-04-18t09:30:00z", "2026-04-18T09:30:00.0000000+00:00")]
    [InlineData("2026-04-18T09:30:00.5+02:00", "2026-04-18T09:30:00.5000000+02:00")]
    [InlineData("2026-04-18T09:30:00.123456789-14:00", "2026-04-18T09:30:00.1234567-14:00")]
    [InlineData("2024-02-29T23:59:59.9999999-00:00", "2024-02-29T23:59:59.9999999+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("2026-04-18T09:30:00", null)]
    [InlineData("2026-04-18 09:30:00Z", null)]
    [InlineData("2026-04-18", null)]
    [InlineData("2026-04-18T09:30Z", null)]
    [InlineData("2026-04-18T09:30:00.Z", null)]
    [InlineData("2026-04-18T09:30:00,5Z", null)]
    [InlineData("2026-04-18T24:00:00Z", null)]
    [InlineData("2026-04-18T23:60:00Z", null)]
    [InlineData("2026-04-18T23:59:60Z", null)]
    [InlineData("2026-02-29T00:00:00Z", null)]
    [InlineData("2026-13-01T00:00:00Z", null)]
    [InlineData("2026-00-01T00:00:00Z", null)]
    [InlineData("2026-01-00T00:00:00Z", null)]
    [InlineData("0000-01-01T00:00:00Z", null)]
    [InlineData("0001-01-01T00:00:00+01:00", null)]
    [InlineData("9999-12-31T23:59:59-01:00", null)]
    [InlineData("2026-04-18T09:30:00+14:01", null)]
    [InlineData("2026-04-18T09:30:00+02:60", null)]
    [InlineData("2026-04-18T09:30:00+0200", null)]
    [InlineData("2026-04-18T09:30:00+2", null)]
    [InlineData("2026-04-18T09:30:00*02:00", null)]
    [InlineData("٢026-04-18T09:30:00Z", null)]
    [InlineData("Z", null)]
    [InlineData("", null)]
    public void Times_are_read_as_in_RFC_3339(string text, string? value)
    {
        if (value is null)
        {
            Assert.Equal(
                "bad_format: Must be an RFC 3339 date and time with an offset.",
                ValueOf.Errors<DateTimeOffset, DateTimeOffsetValue>(PatchValues.DateTimeOffset, $"\"{text}\""));
            Assert.StartsWith("bad_format", ValueOf.Errors<DateTime, DateTimeValue>(PatchValues.DateTime, $"\"{text}\""));
            return;
        }

        DateTimeOffset read = ValueOf.Ok<DateTimeOffset, DateTimeOffsetValue>(PatchValues.DateTimeOffset, $"\"{text}\"");
        Assert.Equal(value, read.ToString("O"));
        DateTime utc = ValueOf.Ok<DateTime, DateTimeValue>(PatchValues.DateTime, $"\"{text}\"");
        Assert.Equal((read.UtcDateTime, DateTimeKind.Utc), (utc, utc.Kind));
    }

    [Fact]
    public void A_DateTime_of_unspecified_kind_is_written_as_UTC() =>
        Assert.Equal(
            "\"2026-04-18T09:30:00Z\"",
            ValueOf.Written(PatchValues.DateTime, new DateTime(2026, 4, 18, 9, 30, 0, DateTimeKind.Unspecified)));

    [Fact]
    public void Dates_and_times_of_day_are_read()
    {
        Assert.Equal(new DateOnly(2026, 4, 18), ValueOf.Ok<DateOnly, DateOnlyValue>(PatchValues.DateOnly, "\"2026-04-18\""));
        Assert.Equal(new TimeOnly(9, 30, 5, 250), ValueOf.Ok<TimeOnly, TimeOnlyValue>(PatchValues.TimeOnly, "\"09:30:05.25\""));
        Assert.Equal(
            "bad_format: Must be an RFC 3339 date.",
            ValueOf.Errors<DateOnly, DateOnlyValue>(PatchValues.DateOnly, "\"2026-4-18\""));
        Assert.Equal("bad_format: Must be an RFC 3339 time.", ValueOf.Errors<TimeOnly, TimeOnlyValue>(PatchValues.TimeOnly, "\"09:30\""));
        Assert.Equal(
            "bad_format: Must be an RFC 3339 time.",
            ValueOf.Errors<TimeOnly, TimeOnlyValue>(PatchValues.TimeOnly, "\"09:30:00Z\""));
    }

    [Theory]
    [InlineData("https://example.org/a%20b?q=1#f")]
    [InlineData("/relative/path")]
    [InlineData("HTTPS://EXAMPLE.org")]
    [InlineData("")]
    public void Uris_are_kept_as_sent(string text)
    {
        Assert.Equal(text, ValueOf.Ok<Uri, UriValue>(PatchValues.Uri, $"\"{text}\"").OriginalString);
    }

    [Fact]
    public void Other_strings_are_rejected_as_URIs()
    {
        Assert.Equal("bad_format: Must be a URI.", ValueOf.Errors<Uri, UriValue>(PatchValues.Uri, "\"http://a b:x/\""));
        Assert.False(PatchValues.Uri.AreEqual(new Uri("https://example.org/#a"), new Uri("https://example.org/#b")));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("YQ==", true)]
    [InlineData("YWI=", true)]
    [InlineData("YWJj", true)]
    [InlineData("+/+/", true)]
    [InlineData("YQ", false)]
    [InlineData("YQ=", false)]
    [InlineData("YWJj\\n", false)]
    [InlineData("YW Jj", false)]
    [InlineData("-_-_", false)]
    [InlineData("é", false)]
    public void Bytes_are_base64(string text, bool accepted)
    {
        if (accepted)
        {
            Assert.Equal(Convert.FromBase64String(text), ValueOf.Ok<byte[], BytesValue>(PatchValues.Bytes, $"\"{text}\""));
        }
        else
        {
            Assert.Equal("bad_format: Must be Base64.", ValueOf.Errors<byte[], BytesValue>(PatchValues.Bytes, $"\"{text}\""));
        }
    }
}
