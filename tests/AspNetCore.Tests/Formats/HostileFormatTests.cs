using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>Bodies that try to cost more than they should. What is allocated counts the work.</summary>
public class HostileFormatTests
{
    private const string Document = """{"doc":{"a":{"b":[1]},"n":1}}""";

    [Theory]
    [InlineData("add", ",\"value\":1")]
    [InlineData("remove", "")]
    [InlineData("test", ",\"value\":1")]
    public void A_pointer_of_10_000_levels_addresses_nothing(string op, string rest)
    {
        string pointer = string.Concat(Enumerable.Repeat("/a", 10_000));
        PatchError? error = Apply($$"""[{"op":"{{op}}","path":"/doc{{pointer}}"{{rest}}}]""", out long allocated);
        Assert.StartsWith("409 /0/path missing_target", Translated.Describe(error!), StringComparison.Ordinal);
        Assert.InRange(allocated, 1, 4_000_000);
    }

    [Fact]
    public void Of_100_000_operations_65_are_looked_at()
    {
        string body = $"[{string.Join(',', Enumerable.Repeat("""{"op":"remove","path":"/doc/n"}""", 100_000))}]";
        PatchError? error = Apply(body, out long allocated, new PatchReadOptions { MaxBytes = 10_000_000 });
        Assert.Equal("422  too_long", Translated.Describe(error!));
        Assert.InRange(allocated, 1, 4L * body.Length);
    }

    [Fact]
    public void A_copy_that_doubles_ends_at_the_size_of_a_document()
    {
        string value = new('x', 10_000);
        string body = $$"""[{"op":"add","path":"/doc/a","value":["{{value}}"]}"""
            + string.Concat(Enumerable.Repeat(""",{"op":"copy","from":"/doc/a","path":"/doc/a/-"}""", 63)) + "]";
        PatchError? error = Apply(body, out long allocated);
        Assert.Equal("422 /7/path too_large (/doc/a/-)", Translated.Describe(error!));
        Assert.InRange(allocated, 1, 400_000);
    }

    [Fact]
    public void A_copy_that_nests_ends_at_the_depth_of_a_document()
    {
        string body = "[" + string.Join(',', Enumerable.Repeat("""{"op":"copy","from":"/doc/a","path":"/doc/a/a"}""", 6)
            .Append("""{"op":"add","path":"/doc/n","value":[]}""")) + "]";
        Assert.Null(Apply(body, out _));
        body = "[" + string.Join(',', Enumerable.Range(0, 64).Select(static i =>
            $$$"""{"op":"add","path":"/doc/a{{{string.Concat(Enumerable.Repeat("/a", i))}}}","value":{}}""")) + "]";
        Assert.StartsWith("422 /62/path too_deep", Translated.Describe(Apply(body, out _)!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e999999999999999999999999", "10e999999999999999999999998", true)]
    [InlineData("1e999999999999999999999999", "1e999999999999999999999998", false)]
    [InlineData("-1e-99999999999999999999", "-0.1e-99999999999999999998", true)]
    [InlineData("-1e-99999999999999999999", "1e-99999999999999999999", false)]
    [InlineData("0e99999999999999999999", "-0.000", true)]
    [InlineData("1e99999999999999999", "0.00001e100000000000000004", true)]
    [InlineData("100000000000000000000000000000000000001", "100000000000000000000000000000000000002", false)]
    [InlineData("1.10", "1.1", true)]
    [InlineData("1.10", "1.01", false)]
    [InlineData("0.1", "1", false)]
    public void Numbers_are_compared_by_value_whatever_their_exponents(string left, string right, bool areEqual)
    {
        Assert.Equal(areEqual, JsonNumber.AreEqual(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right)));
        Assert.Equal(areEqual, JsonNumber.AreEqual(Encoding.ASCII.GetBytes(right), Encoding.ASCII.GetBytes(left)));
    }

    [Fact]
    public void Random_spellings_of_a_number_are_equal()
    {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++)
        {
            int digits = random.Next(1_000_000), point = random.Next(-12, 12);
            string plain = $"{digits}e{point}";
            string text = digits.ToString(System.Globalization.CultureInfo.InvariantCulture);
            int moved = random.Next(1, text.Length + 1);
            string other = moved == text.Length
                ? $"{text}.0E{point:+0;-0}"
                : $"{text[..moved]}.{text[moved..]}0e{point + text.Length - moved}";
            Assert.True(JsonNumber.AreEqual(Encoding.ASCII.GetBytes(plain), Encoding.ASCII.GetBytes(other)), $"{plain} {other}");
            string different = $"{digits + 1}e{point}";
            Assert.False(JsonNumber.AreEqual(Encoding.ASCII.GetBytes(different), Encoding.ASCII.GetBytes(other)), $"{different} {other}");
        }
    }

    [Fact]
    public void A_number_of_60_000_digits_is_compared_in_its_length()
    {
        string zeros = new('0', 60_000);
        string body = $$"""[{"op":"add","path":"/doc/n","value":1e60000},{"op":"test","path":"/doc/n","value":1{{zeros}}}]""";
        Assert.Null(Apply(body, out long allocated));
        Assert.InRange(allocated, 1, 1_000_000);
    }

    [Fact]
    public void Large_objects_are_compared_by_an_index_of_their_names()
    {
        string[] members = [.. Enumerable.Range(0, 3_000).Select(static i => $"\"n{i}\":{i}")];
        string left = "{" + string.Join(',', members) + "}", right = "{" + string.Join(',', members.Reverse()) + "}";
        Assert.Null(Apply($$"""[{"op":"add","path":"/doc/n","value":{{left}}},{"op":"test","path":"/doc/n","value":{{right}}}]""",
            out long allocated));
        Assert.InRange(allocated, 1, 4_000_000);
    }

    [Fact]
    public void A_merge_of_large_objects_is_linear()
    {
        string left = "{" + string.Join(',', Enumerable.Range(0, 3_000).Select(static i => $"\"n{i}\":{i}")) + "}";
        string right = "{" + string.Join(',', Enumerable.Range(1_500, 3_000).Select(static i => $"\"n{i}\":null")) + "}";
        (string? view, PatchError? error) = Translated.MergePatch<AnyPatch, Any>(
            $$"""{"doc":{{left}}}""", $$"""{"doc":{{right}}}""", FormatsJson.Stored.Any);
        Assert.Null(error);
        Assert.Equal(1_500, JsonNode.Parse(view!)!["doc"]!.AsObject().Count);
    }

    // The error, after everything but the write.
    private static PatchError? Apply(string body, out long allocated, PatchReadOptions? options = null)
    {
        var formats = new BodyFormats<AnyPatch>(FormatsJson.Stored.Any);
        var sequence = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body));
        byte[] view = Encoding.UTF8.GetBytes(Document);
        BodyResult<AnyPatch> Run()
        {
            BodyResult<AnyPatch> result = formats.ReadJsonPatch(sequence, options ?? PatchReadOptions.Default, 1 << 20);
            return result.Pending?.For(view) ?? result;
        }

        Run(); // what is created once
        long before = GC.GetAllocatedBytesForCurrentThread();
        PatchError? error = Run().Error;
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return error;
    }
}
