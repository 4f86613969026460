using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary><c>DocumentView</c> removes hidden members at every depth, by their names in the JSON, and copies the rest.</summary>
public sealed class DocumentViewTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static TheoryData<string> Contracts => [.. Known.Keys];

    // Every naming policy, with the source generator and with reflection.
    private static readonly Dictionary<string, JsonTypeInfo> Known = new JsonSerializerContext[]
        {
            AsDeclaredJson.Default, WebJson.Default, CamelJson.Default, SnakeLowerJson.Default, SnakeUpperJson.Default,
            KebabLowerJson.Default,
            KebabUpperJson.Default,
        }
        .SelectMany(context => (JsonTypeInfo[])
        [
            context.GetTypeInfo(typeof(Vault))!,
            new JsonSerializerOptions(context.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }.GetTypeInfo(typeof(Vault)),
        ])
        .Select((contract, i) => ($"{contract.Options.PropertyNamingPolicy?.GetType().Name ?? "as declared"} {i}", contract))
        .ToDictionary();

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Hidden_members_are_removed_at_every_depth(string contract)
    {
        JsonTypeInfo json = Known[contract];
        var view = new DocumentView(json);
        string whole = json.Options.PropertyNamingPolicy?.ConvertName(nameof(Vault.Whole)) ?? nameof(Vault.Whole);
        int seed = Environment.TickCount, hidden = 0;
        var random = new Random(seed);
        for (int round = 0; round < 300; round++)
        {
            string stored = JsonSerializer.Serialize(new VaultSamples(random).Vault("v1"), json);
            hidden += stored.Split(VaultSamples.Top).Length - 1;
            JsonNode expected = VaultSamples.Shown(JsonNode.Parse(stored), whole)!;
            if (random.Next(2) == 0)
            {
                stored = JsonNode.Parse(stored)!.ToJsonString(Indented); // with white space and other escapes
            }

            string shown = Encoding.UTF8.GetString(view.Apply(Encoding.UTF8.GetBytes(stored)).Span);
            bool isCorrect = !shown.Contains(
                VaultSamples.Top, StringComparison.Ordinal) && JsonNode.DeepEquals(expected, JsonNode.Parse(shown));
            Assert.True(isCorrect, $"Seed {seed}, round {round}:\n{stored}\n{shown}");
        }

        Assert.True(hidden > 5_000, $"Only {hidden} values had to be hidden.");
    }

    [Theory]
    [InlineData("""{"a":1,"b":2,"c":3}""", """{"b":2}""")]
    [InlineData("""{"b":2,"a":1,"d":3}""", """{"b":2,"d":3}""")]
    [InlineData("""{"b":2,"d":3,"a":1,"c":4}""", """{"b":2,"d":3}""")]
    [InlineData("""{"a":1,"c":3}""", "{}")]
    [InlineData("""{"a":1,"a":2,"b":3,"a":4}""", """{"b":3}""")]
    [InlineData("{}", "{}")]
    [InlineData("""{"A":1}""", """{"A":1}""")]
    [InlineData("""{"b":{"a":1},"d":[{"a":2}]}""", """{"b":{"a":1},"d":[{"a":2}]}""")]
    [InlineData("""{"\u0061":"},{\"b\":1","b":"é\ud83d\ude00"}""", """{"b":"é\ud83d\ude00"}""")]
    [InlineData(""" { "a" : 1 , "b" : [ 2 ] , "c" : 3 } """, """ { "b" : [ 2 ] } """)]
    [InlineData("""{ "b" : 1 , "a" : 2 , "d" : 3 }""", """{ "b" : 1 , "d" : 3 }""")]
    [InlineData("""{"\ud800":1,"a":2}""", """{"\ud800":1}""")]
    [InlineData("""{"in":{"a":1},"more":[{"a":1,"b":2},null,3,[{"a":1}]]}""", """{"in":{},"more":[{"b":2},null,3,[{"a":1}]]}""")]
    [InlineData("""{"in":[{"a":1}],"more":{"a":1}}""", """{"in":[{"a":1}],"more":{"a":1}}""")] // does not match the type
    public void Other_members_are_copied_byte_for_byte(string stored, string shown) => Assert.Equal(shown, View<Letters>(stored));

    /// <summary>If the serializer ignores the case of names, a member is hidden in any case.</summary>
    [Theory]
    [InlineData("""{"A":1,"b":2,"É":3,"\u00C9":4}""", """{"b":2}""")]
    [InlineData("""{"In":{"A":1,"\ud800":2,"aa":3},"B":4}""", """{"In":{"\ud800":2,"aa":3},"B":4}""")]
    public void Case_is_ignored_if_the_serializer_ignores_it(string stored, string shown) =>
        Assert.Equal(shown, View<Letters>(stored, new JsonSerializerOptions { PropertyNameCaseInsensitive = true }));

    /// <summary>In an object without a known discriminator, the members that any of the types hides are hidden.</summary>
    [Theory]
    [InlineData("""{"of":"circle","Size":"TOP","Colour":"c"}""", """{"of":"circle","Colour":"c"}""")]
    [InlineData("""{"Size":"TOP","of":"circle"}""", """{"of":"circle"}""")]
    [InlineData("""{"of":4,"Size":"s","Corner":{"Pin__Code":"TOP","Rest":"TOP"}}""", """{"of":4,"Size":"s","Corner":{}}""")]
    [InlineData(
        """{"of":"triangle","Size":"TOP","Corner":{"Label":"l","Pin__Code":"TOP"}}""", """{"of":"triangle","Corner":{"Label":"l"}}""")]
    [InlineData("""{"of":5,"Size":"TOP"}""", """{"of":5}""")]
    [InlineData("""{"Size":"TOP"}""", "{}")]
    public void The_discriminator_selects_the_members_to_hide(string stored, string shown) => Assert.Equal(shown, View<Shape>(stored));

    [Fact]
    public void Without_hidden_members_nothing_is_copied_or_allocated()
    {
        ReadOnlyMemory<byte> json = """{"TaskId":"a","In":{"Name":"b"}}"""u8.ToArray();
        var view = new DocumentView(JsonSerializerOptions.Default.GetTypeInfo(typeof(Page)));
        Assert.True(view.ShowsAll);
        Assert.True(view.Apply(json).Equals(json));
        long before = GC.GetAllocatedBytesForCurrentThread();
        view.Apply(json);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(new DocumentView(JsonSerializerOptions.Default.GetTypeInfo(typeof(Letters))).Apply(json).Equals(json));
    }

    /// <summary>Reported when the endpoint is mapped, so that a value that may have to be hidden is never sent.</summary>
    [Fact]
    public void A_contract_with_unknown_hidden_members_is_rejected()
    {
        var unmarked = new JsonSerializerOptions
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(static contract =>
            {
                if (contract.Type == typeof(Page))
                {
                    JsonPropertyInfo added = contract.CreateJsonPropertyInfo(typeof(string), "added");
                    added.Get = static _ => "added";
                    contract.Properties.Add(added);
                }
            }),
        };
        AssertRejected<Page>(unmarked, "its member \"added\"");

        var preserving = new JsonSerializerOptions
        {
            ReferenceHandler = ReferenceHandler.Preserve,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        AssertRejected<Letters>(preserving, "ReferenceHandler");
        Assert.True(new DocumentView(preserving.GetTypeInfo(typeof(Page))).ShowsAll);
    }

    private static void AssertRejected<T>(JsonSerializerOptions options, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<InvalidOperationException>(() => new DocumentView(options.GetTypeInfo(typeof(T)))).Message,
            StringComparison.Ordinal);

    private static string View<T>(string stored, JsonSerializerOptions? options = null)
    {
        options ??= new JsonSerializerOptions();
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver();
        return Encoding.UTF8.GetString(new DocumentView(options.GetTypeInfo(typeof(T))).Apply(Encoding.UTF8.GetBytes(stored)).Span);
    }

    private sealed record Page(string TaskId, Page? In);

    private sealed class Letters
    {
        [NotInResponse, JsonPropertyName("a")]
        public int A { get; set; }

        [NotInResponse, JsonPropertyName("c")]
        public int C { get; set; }

        [NotInResponse, JsonPropertyName("é")]
        public int E { get; set; }

        [JsonPropertyName("in")]
        public Letters? In { get; set; }

        [JsonPropertyName("more")]
        public List<Letters>? More { get; set; }
    }
}
