using System.Globalization;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.Generator.Parser;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>A name that is computed at compile time is the name that System.Text.Json computes.</summary>
public class NamingTests
{
    private static readonly Dictionary<NamingPolicy, JsonNamingPolicy> Policies = new()
    {
        [NamingPolicy.CamelCase] = JsonNamingPolicy.CamelCase,
        [NamingPolicy.SnakeCaseLower] = JsonNamingPolicy.SnakeCaseLower,
        [NamingPolicy.SnakeCaseUpper] = JsonNamingPolicy.SnakeCaseUpper,
        [NamingPolicy.KebabCaseLower] = JsonNamingPolicy.KebabCaseLower,
        [NamingPolicy.KebabCaseUpper] = JsonNamingPolicy.KebabCaseUpper,
    };

    // What names are mostly made of; then letters whose case is unusual, or that have none, and what lies beyond 16 bits.
    private static readonly string[] Common = ["a", "b", "z", "A", "B", "Z", "0", "9", "_", "é", "É", "ß", "ж", "Ж", "λ", "Λ"];
    private static readonly string[] Rare =
        ["ǅ", "ⅷ", "Ⅷ", "ʰ", "ª", "漢", "א", "٣", "‿", "\u0301", "ı", "İ", "ſ", "ẞ", "Ω", "K", "𐐀", "𐐨", "𝒜", "\u200D"];

    [Theory]
    [InlineData("Foo_Bar")]
    [InlineData("_Name")]
    [InlineData("A_")]
    [InlineData("foo__bar")]
    [InlineData("__")]
    [InlineData("Secret_Token")]
    [InlineData("URLValue2Go")]
    [InlineData("SHA512Hash")]
    [InlineData("X")]
    [InlineData("ÄÖÜß_Éa")]
    public void A_name_is_that_of_the_serializer(string name) =>
        Assert.All(Policies, policy => Assert.Equal(policy.Value.ConvertName(name), Naming.Convert(name, policy.Key)));

    [Fact]
    public void Any_name_is_that_of_the_serializer()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int round = 0; round < 200_000; round++)
        {
            string name = Identifier(random);
            foreach ((NamingPolicy policy, JsonNamingPolicy serializer) in Policies)
            {
                string expected = serializer.ConvertName(name), actual = Naming.Convert(name, policy);
                Assert.True(expected == actual, $"Seed {seed}, round {round}: {policy} of '{name}' is '{expected}', not '{actual}'.");
            }
        }
    }

    [Theory]
    [InlineData("EngagementLayer", "Engagement layer")]
    [InlineData("HTTPCall", "Http call")]
    [InlineData("My_Thing", "My thing")]
    [InlineData("_my__thing_", "My thing")]
    [InlineData("_", "_")]
    [InlineData("Todo2", "Todo2")]
    public void A_type_is_called_by_a_phrase(string name, string phrase) => Assert.Equal(phrase, Naming.Phrase(name));

    private static string Identifier(Random random)
    {
        var name = new StringBuilder();
        for (int length = random.Next(1, 12); length > 0; length--)
        {
            name.Append(random.Next(10) switch
            {
                < 7 => Common[random.Next(Common.Length)],
                < 9 => Rare[random.Next(Rare.Length)],
                _ => AnyLetter(random).ToString(),
            });
        }

        return name.ToString();
    }

    private static char AnyLetter(Random random)
    {
        while (true)
        {
            char letter = (char)random.Next(char.MaxValue);
            if (char.GetUnicodeCategory(letter) is <= UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.Format)
            {
                return letter;
            }
        }
    }
}
