
namespace Layers.PatchGen.Storage.Tests;

public class DocumentVersionTests
{
    [Theory]
    [InlineData(0, 1, "0-1")]
    [InlineData(1, 1, "1-1")]
    [InlineData(0x123abc, 255, "123abc-ff")]
    [InlineData(long.MaxValue, long.MaxValue, "7fffffffffffffff-7fffffffffffffff")]
    [InlineData(-1, long.MinValue, "ffffffffffffffff-8000000000000000")]
    public void A_formatted_version_is_parsed(long random, long number, string text)
    {
        DocumentVersion version = new(random, number);
        Assert.Equal(text, version.ToString());
        Assert.True(DocumentVersion.TryParse(text, out DocumentVersion read));
        Assert.Equal(version, read);
    }

    [Fact]
    public void Every_formatted_version_is_parsed_back()
    {
        Random random = new(5);
        for (int i = 0; i < 1000; i++)
        {
            DocumentVersion version = new(random.NextInt64(), random.NextInt64(1L << random.Next(1, 63)));
            Assert.True(DocumentVersion.TryParse(version.ToString(), out DocumentVersion read));
            Assert.Equal(version, read);
            Assert.NotEqual(version.ToString(), version.Next().ToString());
            Assert.Equal(version.Number + 1, version.Next().Number);
            Assert.NotEqual(version.Next(), version.Next());
        }
    }

    /// <summary>Successors of the same version, as after a restore: each has its own random bits.</summary>
    [Fact]
    public void A_million_successors_of_one_version_are_distinct()
    {
        DocumentVersion version = DocumentVersion.First();
        var versions = new HashSet<string>(1_000_000);
        for (int i = 0; i < 1_000_000; i++)
        {
            Assert.True(versions.Add(version.Next().ToString()));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("1-2-3")]
    [InlineData("01-1")]
    [InlineData("1-01")]
    [InlineData("1-A")]
    [InlineData("1-g")]
    [InlineData("0x1-1")]
    [InlineData(" 1-1")]
    [InlineData("1-1 ")]
    [InlineData("1--1")]
    [InlineData("+1-1")]
    [InlineData("10000000000000000-1")]
    [InlineData("\"1-1\"")]
    public void Other_text_is_rejected(string? text) => Assert.False(DocumentVersion.TryParse(text, out _));
}
