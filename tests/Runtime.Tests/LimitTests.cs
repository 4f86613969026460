using System.Buffers;
using System.Globalization;
using System.Text;
using Layers.PatchGen.Json;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

public class LimitTests
{
    private const string Body =
        """{"name":"Ava Chén","gender":"female","vibe":"a\u00e9\ud83d\ude00","personality":"""
        + """{"traits":["warm","0123456789012345678901234567890123456789"],"x":{"a":[1,2.5e3,{"b":"c"}],"a\/b":true}"""
        + ""","y":-0.5}}""";

    [Fact]
    public void A_body_over_the_size_limit_is_rejected()
    {
        PatchReadOptions options = new() { MaxBytes = 20 };
        Read.Ok<InfluencerPatch>("""{"vibe":"123456789"}""", options);
        Assert.Equal("Malformed  too_large", Read.Errors<InfluencerPatch>("""{"vibe":"1234567890"}""", options));
        Assert.Equal("Malformed  too_large", Read.Errors<InfluencerPatch>(new string('x', 21), options));
        Assert.Equal("max=20", Read.Arguments<InfluencerPatch>(new string('x', 21), options));
        Assert.Equal("Must not be longer than 20 bytes.", Read.Message<InfluencerPatch>(new string('x', 21), options));
        Assert.Equal("Malformed  too_large", Read.Errors<InfluencerPatch>(new byte[65_537]));
        Assert.False(PatchReader.TryRead<InfluencerPatch>(Pieces(new byte[21], 3), options, out _, out PatchProblems problems));
        Assert.Equal(PatchProblemCodes.TooLarge, Assert.Single(problems).Code);
    }

    [Fact]
    public void Bodies_of_every_length_are_read()
    {
        PatchReadOptions options = new() { MaxBytes = 10_000_000 };
        foreach (int length in Enumerable.Range(0, 1200).Concat([4_000, 65_000, 1_000_000, 5_000_000]))
        {
            string text = new('x', length);
            Assert.Equal(text, Read.Ok<InfluencerPatch>($$"""{"vibe":"{{text}}"}""", options).Vibe);
        }
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_rejected()
    {
        PatchReadOptions options = new() { MaxBytes = 10_000_000, MaxDepth = PatchReadOptions.DepthLimit };
        foreach (string member in new[] { "unknown", "personality", "firstComment", "replies", "v" })
        {
            foreach (string open in new[] { "[", $"{{\"{member}\":", "{\"x\":", "[{\"x\":" })
            {
                string body = $"{{\"{member}\":{string.Concat(Enumerable.Repeat(open, 100_000))}";
                AssertTooDeep<InfluencerPatch>(body, options);
                AssertTooDeep<EngagementPatch>(body, options);
                AssertTooDeep<One<string[], ArrayValue<string, StringValue>>>(body, options);
                AssertTooDeep<OpenPatch>(body, PatchReadOptions.Default with { MaxBytes = 10_000_000 });
            }
        }

        string replies = string.Concat(Enumerable.Repeat("{\"replyToComments\":{\"inner\":", 100_000));
        AssertTooDeep<EngagementPatch>(replies, options);
        Assert.Equal("Must not be nested deeper than 256 levels.", Read.Message<EngagementPatch>(replies, options));
        Assert.Equal("max=256", Read.Arguments<EngagementPatch>(replies, options));
    }

    [Fact]
    public void Depth_is_counted_across_patches_arrays_and_open_objects()
    {
        PatchReadOptions options = new() { MaxDepth = 4 };
        Read.Ok<InfluencerPatch>("""{"personality":{"x":[[]]}}""", options);
        Assert.Equal("Malformed  too_deep", Read.Errors<InfluencerPatch>("""{"personality":{"x":[[[]]]}}""", options));
        Read.Ok<InfluencerPatch>("""{"personality":{"traits":["a"],"x":{"y":{}}}}""", options);
        Assert.Equal(
            "Malformed  too_deep", Read.Errors<InfluencerPatch>("""{"personality":{"traits":["a"],"x":{"y":{"z":{}}}}}""", options));
        Assert.Equal(
            "Malformed  too_deep", Read.Errors<InfluencerPatch>("""{"personality":{"traits":[]}}""", options with { MaxDepth = 2 }));
        Assert.Equal(
            "Malformed  too_deep",
            Read.Errors<EngagementPatch>("""{"firstComment":{"extra/~names":[[]]}}""", options with { MaxDepth = 3 }));
        Read.Ok<EngagementPatch>(
            """{"firstComment":{"extra/~names":[[],["a"]]},"replyToComments":{"inner":{"firstComment":{"targets":[]}}}}""",
            options with { MaxDepth = 5 });
    }

    [Fact]
    public void One_byte_order_mark_is_skipped()
    {
        Assert.Equal("a", Read.Ok<InfluencerPatch>("\uFEFF{\"vibe\":\"a\"}").Vibe);
        Assert.Equal("Malformed  malformed", Read.Errors<InfluencerPatch>("\uFEFF\uFEFF{\"vibe\":\"a\"}"));
        Assert.Equal("Malformed  malformed", Read.Errors<InfluencerPatch>("\uFEFF"));
        Assert.Equal("Malformed  malformed", Read.Errors<InfluencerPatch>([0xEF, 0xBB]));
    }

    [Fact]
    public void A_truncated_body_is_malformed()
    {
        byte[] body = Encoding.UTF8.GetBytes(Body);
        for (int length = 0; length < body.Length; length++)
        {
            PatchProblem problem = Assert.Single(Read.Problems<InfluencerPatch>(body[..length]));
            Assert.Equal(PatchProblemCodes.Malformed, problem.Code);
            Assert.InRange(int.Parse(problem.Arguments["offset"], CultureInfo.InvariantCulture), Math.Max(0, length - 12), length);
        }
    }

    [Fact]
    public void A_body_in_several_segments_is_read()
    {
        byte[] body = Encoding.UTF8.GetBytes(Body);
        for (int size = 1; size <= body.Length; size++)
        {
            Assert.True(
                PatchReader.TryRead<InfluencerPatch>(
                    Pieces(body, size), PatchReadOptions.Default, out var patch, out PatchProblems problems));
            Assert.Empty(problems);
            Assert.Equal("Ava Chén", patch.Name);
            Assert.Equal("aé😀", patch.Vibe);
        }

        Assert.False(PatchReader.TryRead<InfluencerPatch>(Pieces(body[..^1], 7), PatchReadOptions.Default, out _, out PatchProblems cut));
        Assert.Equal(PatchVerdict.Malformed, cut.Verdict);
        Assert.False(
            PatchReader.TryRead<InfluencerPatch>(ReadOnlySequence<byte>.Empty, PatchReadOptions.Default, out _, out PatchProblems none));
        Assert.Equal(PatchVerdict.Malformed, none.Verdict);
    }

    [Fact]
    public void Options_are_required()
    {
        Assert.Throws<ArgumentNullException>(() => PatchReader.TryRead<InfluencerPatch>("{}"u8, null!, out _, out _));
        Assert.Throws<ArgumentNullException>(() => PatchReader.TryRead<InfluencerPatch>(ReadOnlySequence<byte>.Empty, null!, out _, out _));
    }

    private static void AssertTooDeep<T>(string body, PatchReadOptions options)
        where T : IPatch<T> => Assert.Equal("Malformed  too_deep", Read.Errors<T>(body, options));

    private static ReadOnlySequence<byte> Pieces(byte[] body, int size)
    {
        Piece? first = null;
        Piece? last = null;
        for (int at = 0; at < body.Length; at += size)
        {
            last = new Piece(body.AsMemory(at, Math.Min(size, body.Length - at)), last);
            first ??= last;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
