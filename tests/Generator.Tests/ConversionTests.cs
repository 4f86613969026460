namespace Layers.PatchGen.Generator.Tests;

/// <summary>Members converted to the type of the document's property by user-defined operators.</summary>
public class ConversionTests
{
    private const string Operators = """
        { private readonly string? _text = text; public static implicit operator Email(string text) => new(text.Trim());
            public static implicit operator string(Email email) => email._text!.ToUpperInvariant(); }
        """;

    /// <summary>The operators throw on null. They must not be called for null or for a member that was not sent.</summary>
    [Theory]
    [InlineData("record D", "readonly struct", "string", "Email")]
    [InlineData("class D", "readonly struct", "string", "Email")]
    [InlineData("record D", "readonly struct", "string?", "Email?")]
    [InlineData("class D", "readonly struct", "string?", "Email?")]
    [InlineData("record D", "sealed record", "string?", "Email?")]
    [InlineData("class D", "sealed record", "string?", "Email?")]
    [InlineData("class D", "sealed record", "string", "Email")]
    public void Operators_in_both_directions(string document, string kind, string member, string target)
    {
        LoadedPatches patches = GeneratorTest.Run(GeneratorTest.Usings + $$"""
            public {{kind}} Email(string text) {{Operators}}
            public {{document}} { public {{target}} Mail { get; set; } = "a"; public int Count { get; set; } }
            [Patch<D>] public sealed partial record P
            {
                public partial {{member}} Mail { get; init; }
                public partial int Count { get; init; }

                public static string Use()
                {
                    string text = "";
                    foreach (P patch in new[] { new P { Count = 1 }, new P { Mail = " b " }, new P { Mail = "b" } })
                    {
                        D document = patch.ApplyTo(new D(), out MemberSet<P> changed);
                        text += $"{changed} {(string)document.Mail!} {Diff(new D(), document).ToJson()}; ";
                    }

                    return text;
                }

                public static string Clear() => Diff(new D(), new P { Mail = null! }.ApplyTo(new D(), out _)).ToJson();
            }
            """).Load();
        Assert.Equal("""count A {"count":1}; mail B {"mail":"B"}; mail B {"mail":"B"}; """, patches.Call("P", "Use"));
        if (member == "string?")
        {
            Assert.Equal("""{"mail":null}""", patches.Call("P", "Clear"));
        }
    }

    [Fact]
    public void Operators_in_one_direction_numbers_and_lists()
    {
        LoadedPatches patches = GeneratorTest.Run(GeneratorTest.Usings + """
            public readonly struct Money(decimal amount) { public decimal Amount => amount;
                public static implicit operator Money(decimal amount) => new(amount); }
            public sealed class Tags(List<string> items) : List<string>(items) {
                public static implicit operator Tags(string[] items) => new([.. items]); }
            public readonly record struct Level(int Number) { public static implicit operator Level(int number) => new(number);
                public static explicit operator int(Level level) => level.Number; }
            public record D { public Money Price { get; init; } public Tags? Tags { get; init; } public Level? Level { get; init; }
                public long? Size { get; init; } public object? Any { get; init; } }
            [Patch<D>] public sealed partial record P
            {
                public partial decimal Price { get; init; }
                public partial string[]? Tags { get; init; }
                public partial int? Level { get; init; }
                public partial int? Size { get; init; }
                public partial string? Any { get; init; }

                public static string Use()
                {
                    D before = new() { Tags = new([]), Level = 1 };
                    D after = new P { Price = 2, Tags = ["a"], Level = 3, Size = 4, Any = "b" }.ApplyTo(before, out MemberSet<P> changed);
                    D cleared = new P { Tags = null, Level = null }.ApplyTo(after, out _);
                    return $"{changed} {after.Price.Amount} {Diff(before, after).ToJson()} "
                        + $"{Diff(after, cleared).ToJson()} {new P().ApplyTo(cleared, out _) == cleared}";
                }
            }
            """).Load();
        Assert.Equal(
            """price, tags, level, size, any 2 {"tags":["a"],"level":3,"size":4,"any":"b"} {"tags":null,"level":null} True""",
            patches.Call("P", "Use"));
    }
}
