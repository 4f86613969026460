using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>Versions of each type, and the headers that they are compared with.</summary>
public sealed class EntityTagTests
{
    private static readonly Guid Guid = new("9f8b3a52-6c1d-4e7f-8a90-b1c2d3e4f506");

    public static TheoryData<EntityTag, string> Versions => new()
    {
        { "1f-2", "\"1f-2\"" },
        { "", "\"\"" },
        { "W/x", "\"W/x\"" },
        { "*", "\"*\"" },
        { 7, "\"7\"" },
        { -7L, "\"-7\"" },
        { (short)7, "\"7\"" },
        { uint.MaxValue, "\"4294967295\"" }, // xmin
        { ulong.MaxValue, "\"18446744073709551615\"" },
        { Guid, "\"9f8b3a52-6c1d-4e7f-8a90-b1c2d3e4f506\"" },
        { new byte[] { 0, 0, 0, 0, 0, 0, 0x0a, 0xf1 }, "\"0000000000000af1\"" },
    };

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_version_is_sent_and_matched_as_its_tag(EntityTag version, string tag)
    {
        Assert.Equal(tag, version.ToString());
        var context = new DefaultHttpContext();
        context.Response.SetETag(version);
        Assert.Equal(tag, context.Response.Headers.ETag);
        Assert.True(new IfMatch(tag).Allows(version));
        Assert.True(new IfMatch($"\"x\", {tag}").Allows(version));
        Assert.False(new IfMatch("W/" + tag).Allows(version));
        Assert.False(new IfMatch("\"x\"").Allows(version));
        Assert.False(new IfNoneMatch(tag).Allows(version));
        Assert.False(new IfNoneMatch("W/" + tag).Allows(version));
        Assert.True(new IfNoneMatch("\"x\"").Allows(version));
        Assert.Equal(version, version);
        Assert.NotEqual(version, (EntityTag)"x");
    }

    [Fact]
    public void A63_a_document_without_a_version_has_no_tag_and_matches_only_the_asterisk()
    {
        foreach (EntityTag none in (EntityTag[])[default, (string?)null, (byte[]?)null])
        {
            Assert.True(none.IsNone);
            Assert.Equal("", none.ToString());
            var context = new DefaultHttpContext();
            context.Response.SetETag(none);
            Assert.Equal(0, context.Response.Headers.ETag.Count);
            Assert.True(new IfMatch((string?)null).Allows(none));
            Assert.True(new IfMatch("*").Allows(none));
            Assert.False(new IfMatch("\"\"").Allows(none));
            Assert.False(new IfNoneMatch("*").Allows(none));
            Assert.True(new IfNoneMatch("\"\"").Allows(none));
            Assert.Empty(new IfMatch("\"\"").Failed(none).PatchError.Headers);
        }
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a\r\nSet-Cookie: x")]
    [InlineData("é")]
    [InlineData("\u007f")]
    public void A_version_with_other_characters_is_rejected(string version)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new IfMatch("*").Allows(version));
        Assert.Contains("base 64", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("*, *")]
    [InlineData("\"a\", *")]
    [InlineData("\"a")]
    public void A_malformed_header_is_rejected(string header)
    {
        Assert.Throws<FormatException>(() => new IfMatch(header));
        Assert.Throws<FormatException>(() => new IfNoneMatch(header));
    }

    [Fact]
    public void A_header_that_was_not_sent_allows_everything()
    {
        Assert.True(new IfMatch((string?)null) is { WasSent: false } match && match.Allows(7));
        Assert.True(new IfNoneMatch((string?)null) is { WasSent: false } none && none.Allows(7));
        Assert.True(new IfMatch("*").WasSent);
    }
}
