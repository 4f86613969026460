using System.Text;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>The methods that read and write a patch.</summary>
public sealed partial class ReadMethodsTests
{
    private const string Body = """{"name":"Ava Chén 😀","vibe":null}""";
    private static readonly InfluencerPatch Ava = new() { Name = "Ava Chén 😀", Vibe = null };
    private static readonly byte[] Utf8 = Encoding.UTF8.GetBytes(Body);

    [Fact]
    public async Task A_body_is_read_from_bytes_a_string_and_a_stream()
    {
        Assert.True(InfluencerPatch.TryRead(Utf8, out InfluencerPatch patch, out PatchProblems problems));
        Assert.Empty(problems);
        Assert.Equal(Ava, patch);
        Assert.True(InfluencerPatch.TryRead(Utf8, new PatchReadOptions(), out patch, out _));
        Assert.Equal(Ava, patch);
        Assert.Equal(Ava, InfluencerPatch.Read(Utf8));
        Assert.Equal(Ava, InfluencerPatch.Read(Body));
        Assert.Equal(Ava, InfluencerPatch.Read("\uFEFF" + Body));
        Assert.Equal(Ava, await InfluencerPatch.ReadAsync(new MemoryStream(Utf8)));
        Assert.Equal(Ava, await InfluencerPatch.ReadAsync(new Drip(Utf8)));
    }

    [Theory]
    [InlineData("""{"name":null,"vibes":1}""", "/name: Must not be null. /vibes: Unknown member. Did you mean \"vibe\"?")]
    [InlineData("[]", "The body: Must be an object.")]
    [InlineData("{", "The body: Not valid JSON at byte 1: unexpected end of the body.")]
    [InlineData("", "The body: Not valid JSON at byte 0: unexpected end of the body.")]
    public async Task The_exception_lists_every_problem(string body, string message)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(body);
        foreach (PatchFormatException thrown in new[]
        {
            Assert.Throws<PatchFormatException>(() => InfluencerPatch.Read(utf8)),
            Assert.Throws<PatchFormatException>(() => InfluencerPatch.Read(body)),
            await Assert.ThrowsAsync<PatchFormatException>(async () => await InfluencerPatch.ReadAsync(new Drip(utf8))),
        })
        {
            Assert.Equal(message, thrown.Message);
            Assert.Equal(message, thrown.Problems.ToString());
            Assert.NotEqual(PatchVerdict.Ok, thrown.Problems.Verdict);
        }

        Assert.False(InfluencerPatch.TryRead(utf8, out _, out PatchProblems problems));
        Assert.Equal(message, problems.ToString());
    }

    [Fact]
    public void A_lone_surrogate_in_a_string_is_an_error()
    {
        PatchFormatException thrown = Assert.Throws<PatchFormatException>(() => InfluencerPatch.Read("{\"vibe\":\"é\ud800\"}"));
        Assert.Equal("The body: Not valid JSON at byte 11: a surrogate must be part of a pair.", thrown.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4_000)]
    [InlineData(5_000)]
    [InlineData(70_000)]
    public async Task The_size_limit_applies_to_every_source(int padding)
    {
        string body = Body + new string(' ', padding);
        byte[] utf8 = Encoding.UTF8.GetBytes(body);
        PatchReadOptions fits = new() { MaxBytes = utf8.Length }, tooSmall = new() { MaxBytes = utf8.Length - 1 };
        Assert.Equal(Ava, InfluencerPatch.Read(utf8, fits));
        Assert.Equal(Ava, InfluencerPatch.Read(body, fits));
        Assert.Equal(Ava, await InfluencerPatch.ReadAsync(new MemoryStream(utf8), fits));
        Assert.Equal(Ava, await InfluencerPatch.ReadAsync(new Drip(utf8), fits));
        AssertTooLarge(Assert.Throws<PatchFormatException>(() => InfluencerPatch.Read(utf8, tooSmall)));
        AssertTooLarge(Assert.Throws<PatchFormatException>(() => InfluencerPatch.Read(body, tooSmall)));
        AssertTooLarge(await Assert.ThrowsAsync<PatchFormatException>(
            async () => await InfluencerPatch.ReadAsync(new MemoryStream(utf8), tooSmall)));
    }

    [Fact]
    public async Task A_stream_is_not_read_beyond_the_limit()
    {
        var stream = new Drip(new byte[10_000]);
        AssertTooLarge(await Assert.ThrowsAsync<PatchFormatException>(
            async () => await InfluencerPatch.ReadAsync(stream, new PatchReadOptions { MaxBytes = 5_000 })));
        Assert.Equal(5_001, stream.Position);
    }

    [Fact]
    public async Task Reading_a_stream_can_be_cancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await InfluencerPatch.ReadAsync(new MemoryStream(Utf8), cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public void A_string_is_read_as_its_bytes_are()
    {
        Assert.True(InfluencerPatch.TryRead("""{"name":"Ä"}""", out InfluencerPatch patch, out PatchProblems problems));
        Assert.Equal(("Ä", 0), (patch.Name, problems.Count));
        Assert.False(InfluencerPatch.TryRead("""{"name":7}""", out patch, out problems));
        Assert.Equal("/name", Assert.Single(problems).Pointer);
        Assert.False(InfluencerPatch.TryRead("{\"name\":\"\ud800\"}", out patch, out problems));
        Assert.Equal(PatchVerdict.Malformed, problems.Verdict);
        Assert.False(InfluencerPatch.TryRead("{}   ", new PatchReadOptions { MaxBytes = 4 }, out patch, out problems));
        Assert.Equal(PatchVerdict.Malformed, problems.Verdict);
        Assert.True(patch.IsEmpty);
    }

    [Fact]
    public async Task Null_is_not_a_body()
    {
        Assert.Throws<ArgumentNullException>(() => InfluencerPatch.Read((string)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await InfluencerPatch.ReadAsync(null!));
        Assert.Throws<ArgumentNullException>(() => ((NotePatch)null!).ToJson());
    }

    [Fact]
    public void Only_present_members_of_a_patch_are_written()
    {
        Assert.Equal("""{"name":"a","vibe":null}""", new InfluencerPatch { Vibe = null, Name = "a" }.ToJson());
        Assert.Equal("""{"read":true}"""u8, new NotePatch { Read = true }.ToUtf8Bytes());
        Assert.Equal("{}", new NotePatch().ToJson());
        Assert.Equal(Ava, InfluencerPatch.Read(Ava.ToJson()));
    }

    [Fact]
    public void A_member_may_be_called_Read()
    {
        Assert.True(NotePatch.Read("""{"read":true}""").Read);
        Assert.True(NotePatch.TryRead("""{"read":false}"""u8, out NotePatch? patch, out _) && !patch.Read);
    }

    [Fact]
    public void Configured_limits_apply_to_validation()
    {
        OpenPatch patch = Read.Ok<OpenPatch>("""{"one":1,"three":3}""");
        Assert.Empty(patch.Validate());
        Assert.Empty(patch.Validate(new PatchReadOptions { MaxOpenMembers = 2, MaxOpenNameLength = 5 }));
        Assert.Equal(
            "/three: A member's name must have at most 3 characters. The body: Must have at most 1 further member.",
            patch.Validate(new PatchReadOptions { MaxOpenMembers = 1, MaxOpenNameLength = 3 }).ToString());
        PatchProblems one = patch.Validate(new PatchReadOptions { MaxOpenMembers = 1, MaxOpenNameLength = 3, MaxProblems = 1 });
        Assert.Equal((1, 1), (one.Count, one.Truncated));
    }

    private static void AssertTooLarge(PatchFormatException exception) =>
        Assert.Equal(PatchProblemCodes.TooLarge, Assert.Single(exception.Problems).Code);

    /// <summary>A message with a member named <c>Read</c>.</summary>
    [Patch]
    internal sealed partial record NotePatch
    {
        public partial bool Read { get; init; }
    }

    /// <summary>A stream that returns one to three bytes at a time.</summary>
    private sealed class Drip(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + (int)(Position % 3))], cancellationToken);
    }
}
