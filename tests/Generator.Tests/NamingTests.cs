using System.Globalization;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.Generator.Parser;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>Names computed at compile time are equal to those of System.Text.Json.</summary>
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

    // Common characters, then letters with unusual case or without case, and characters outside the BMP.
    private static readonly string[] Common = ["a", "b", "z", "A", "B", "Z", "0", "9", "_", "é", "É", "ß", "ж", "Ж", "λ", "Λ"];
    private static readonly string[] Rare =
    [
        "ǅ", "ⅷ", "Ⅷ", "ʰ", "ª", "漢", "א", "٣", "‿",
        "\u0301", "ı", "İ", "ſ", "ẞ", "Ω", "K", "𐐀", "𐐨", "𝒜", "\u200D",
    ];

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
    public void A_name_is_converted_as_by_the_serializer(string name) =>
        Assert.All(Policies, policy => Assert.Equal(policy.Value.ConvertName(name), Naming.Convert(name, policy.Key)));

    [Fact]
    public void A_random_name_is_converted_as_by_the_serializer()
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
    public void A_type_name_is_converted_to_a_phrase(string name, string phrase) => Assert.Equal(phrase, Naming.Phrase(name));

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
            if (char.GetUnicodeCategory(letter)
                is <= UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.Format)
            {
                return letter;
            }
        }
    }
}
