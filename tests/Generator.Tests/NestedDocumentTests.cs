namespace Layers.PatchGen.Generator.Tests;

/// <summary>Nested documents that cannot be created without arguments are merged where the document's property is never null.</summary>
public class NestedDocumentTests
{
    [Theory]
    [InlineData("record Address { public required string City { get; init; } public string? Street { get; init; } }")]
    [InlineData("class Address { public required string City { get; set; } public string? Street { get; set; } }")]
    [InlineData("record Address(string City) { public string? Street { get; init; } }")]
    [InlineData("abstract record Address { public string City { get; init; } = ''; public string? Street { get; init; } }")]
    public void A_document_that_must_exist_is_merged(string address)
    {
        string made = address.StartsWith("abstract", StringComparison.Ordinal) ? "new Home { City = \"Rome\", Street = \"Via\" }"
            : address.Contains("(string", StringComparison.Ordinal) ? "new Address(\"Rome\") { Street = \"Via\" }"
            : "new Address { City = \"Rome\", Street = \"Via\" }";
        string home = address.StartsWith("abstract", StringComparison.Ordinal) ? "public record Home : Address;" : "";
        foreach (string person in new[] { "record", "class" })
        {
            foreach (string patch in new[] { "sealed partial record", "readonly partial record struct" })
            {
                LoadedPatches patches = GeneratorTest.Run(GeneratorTest.Usings + $$"""
                    public {{address.Replace("''", "\"\"", StringComparison.Ordinal)}}
                    {{home}}
                    public {{person}} Person { public Address Home { get; set; } = {{made}}; public int Age { get; set; } }
                    [Patch<Address>] public {{patch}} AddressPatch
                    {
                        public partial string City { get; init; }
                        public partial string? Street { get; init; }
                    }
                    [Patch<Person>] public sealed partial record PersonPatch
                    {
                        public partial AddressPatch Home { get; init; }
                        public partial int Age { get; init; }

                        public static string Use()
                        {
                            string text = "";
                            foreach (string body in new[] { "'city':'Oslo'", "'city':'Rome'", "", "'street':null" })
                            {
                                Person person = PatchReader.Read<PersonPatch>(("{'home':{" + body + "} }").Replace('\'', '"'))
                                    .ApplyTo(new Person(), out MemberSet<PersonPatch> changed);
                                text += $"{changed} {person.Home.City} {person.Home.Street} {Diff(new Person(), person).ToJson()}; ";
                            }

                            return text;
                        }

                        public static void UseNull() =>
                            _ = new PersonPatch { Home = new() { City = "Oslo" } }.ApplyTo(new Person { Home = null! }, out _);
                    }
                    """).Load();
                Assert.Equal(
                    """home Oslo Via {"home":{"city":"Oslo"}};  Rome Via {};  Rome Via {}; """
                        + """home Rome  {"home":{"street":null}}; """,
                    patches.Call("PersonPatch", "Use"));
                Assert.Equal("/home null_not_allowed", patches.Read("PersonPatch", """{"home":null}"""));
                Exception thrown = Assert.ThrowsAny<Exception>(() => patches.Call("PersonPatch", "UseNull")).InnerException!;
                Assert.StartsWith(
                    "A nested Address is null.", Assert.IsType<InvalidOperationException>(thrown).Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("Address? Home", "AddressPatch Home")]
    [InlineData("Dictionary<string, Address> Home", "Dictionary<string, AddressPatch> Home")]
    public void A_document_that_would_have_to_be_created_is_reported(string target, string member) => Assert.Contains(
        GeneratorTest.Diagnose(GeneratorTest.Usings + $$"""
            public record Address { public required string City { get; init; } }
            public record Person { public {{target}} { get; init; } = null!; }
            [Patch<Address>] public sealed partial record AddressPatch { public partial string City { get; init; } }
            [Patch<Person>] public sealed partial record PersonPatch { public partial {{member}} { get; init; } }
            """),
        static d => d.Id == "PG0008" && d.GetMessage(null).Contains("cannot be made where there is none yet", StringComparison.Ordinal));
}
