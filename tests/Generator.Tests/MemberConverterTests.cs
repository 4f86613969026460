namespace Layers.PatchGen.Generator.Tests;

/// <summary>Members read by a converter: of the member, of the document's property, of the type; and enums as numbers.</summary>
public class MemberConverterTests
{
    private const string Types = GeneratorTest.Usings + """
        public sealed class Upper : JsonConverter<string>
        {
            public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
                reader.GetString() is { Length: < 9 } text ? text.ToUpperInvariant() : throw new JsonException("Too long.");
            public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
                writer.WriteStringValue(value.ToUpperInvariant());
        }
        public sealed class UpperAttribute(int uses) : JsonConverterAttribute
        {
            public string? Note { get; set; }
            public override JsonConverter? CreateConverter(Type type) => uses > 0 ? new Upper() : null;
        }
        public sealed class Percent : JsonConverter<int>
        {
            public override int Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
                int.Parse(reader.GetString()!.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture);
            public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) =>
                writer.WriteStringValue($"{value}%");
        }
        public sealed class AnyId : JsonConverterFactory
        {
            public override bool CanConvert(Type type) => type == typeof(Id);
            public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) => new OfId();
            private sealed class OfId : JsonConverter<Id>
            {
                public override Id Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetInt32());
                public override void Write(Utf8JsonWriter writer, Id value, JsonSerializerOptions options) =>
                    writer.WriteNumberValue(value.Number);
            }
        }
        [JsonConverter(typeof(AnyId))] public readonly record struct Id(int Number);

        """;

    [Theory]
    [InlineData("", "[JsonConverter(typeof(Upper))] public partial string? Name { get; init; }", "'a'", "'A'")]
    [InlineData("", "[Upper(1, Note = \"x\")] public partial string? Name { get; init; }", "'a'", "'A'")]
    [InlineData("[JsonConverter(typeof(Upper))]", "public partial string? Name { get; init; }", "'a'", "'A'")]
    [InlineData("", "[JsonConverter(typeof(Percent))] public partial int Name { get; init; }", "'5%'", "'5%'")]
    [InlineData("", "[JsonConverter(typeof(Percent))] public partial int? Name { get; init; }", "'5%'", "'5%'")]
    [InlineData("", "[JsonConverter(typeof(Percent)), Range(1, 9)] public partial int? Name { get; init; }", "'5%'", "'5%'")]
    [InlineData("", "public partial Id Name { get; init; }", "5", "5")]
    [InlineData("", "public partial Id? Name { get; init; }", "5", "5")]
    [InlineData("", "public partial List<Id> Name { get; init; }", "[5,6]", "[5,6]")]
    [InlineData("", "public partial Dictionary<string, Id> Name { get; init; }", "{'a':5}", "{'a':5}")]
    [InlineData("", "[JsonConverter(typeof(AnyId))] public partial Id? Name { get; init; }", "5", "5")]
    public void A_converter_reads_the_value(string onDocument, string member, string value, string written)
    {
        string type = member[(member.IndexOf("partial", StringComparison.Ordinal) + 8)..member.IndexOf(" Name", StringComparison.Ordinal)];
        LoadedPatches patches = GeneratorTest.Run(Types + $$"""
            public record D { {{onDocument}} public {{type}} Name { get; init; } = default!; }
            [Patch<D>] public sealed partial record P { {{member}} }
            """).Load();
        Assert.StartsWith(Json($"{{'name':{written}}}"), patches.Read("P", Json($"{{'name':{value}}}")), StringComparison.Ordinal);
        if (!value.StartsWith('{'))
        {
            Assert.Equal("/name wrong_type", patches.Read("P", """{"name":{"deep":[1]}}"""));
        }
    }

    [Fact]
    public void What_a_converter_rejects_and_the_grammar_are_problems()
    {
        LoadedPatches patches = GeneratorTest.Run(Types + """
            [Patch] public sealed partial record P
            {
                [JsonConverter(typeof(Upper))] public partial string Name { get; init; }
                [JsonConverter(typeof(Percent))] public partial int? Share { get; init; }
                public partial List<Id> Ids { get; init; }
                [JsonConverter(typeof(Percent)), Range(1, 9)] public partial int Few { get; init; }
            }
            """).Load();
        Assert.Equal("/name wrong_type", patches.Read("P", """{"name":"much too long"}"""));
        Assert.Equal("/name null_not_allowed", patches.Read("P", """{"name":null}"""));
        Assert.Equal("/share wrong_type", patches.Read("P", """{"share":"x%"}""")); // A FormatException of the converter's.
        Assert.Equal("/few out_of_range", patches.Read("P", """{"few":"10%"}"""));
        Assert.Equal("/name wrong_type, /ids/1 wrong_type", patches.Read("P", """{"name":[],"ids":[1,"2",3]}"""));
        Assert.Equal(" malformed", patches.Read("P", """{"name":"\ud800"}"""));
        Assert.Equal("/name duplicate_member", patches.Read("P", """{"name":"a","name":"b"}"""));
    }

    [Theory]
    [InlineData("[JsonConverter(typeof(Percent))] public partial string? Name { get; init; }", "its converter 'Percent' reads 'int'")]
    [InlineData("public partial Inner.Secret? Name { get; init; }", "its converter 'Hidden' cannot be accessed from here")]
    public void A_converter_that_cannot_be_used_is_reported(string member, string reason) => Assert.Contains(
        GeneratorTest.Diagnose(Types + $$"""
            public class Inner
            {
                public sealed class Secret;
                private sealed class Hidden : JsonConverter<Secret>
                {
                    public override Secret? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => null;
                    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) { }
                }
                public record D { [JsonConverter(typeof(Hidden))] public Secret? Name { get; init; } }
            }
            [Patch<Inner.D>] public sealed partial record P { {{member}} }
            """),
        d => d.Id == "PG0004" && d.GetMessage(null).Contains(reason, StringComparison.Ordinal));

    /// <summary>As the value objects of Vogen: the converter is written by another generator, in another file of the type.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("(Context = typeof(Json))")]
    public void A_converter_of_another_generator_is_found(string arguments)
    {
        GeneratorTest test = GeneratorTest.RunWithOther(GeneratorTest.Usings + $$"""
            using Metadata = System.Text.Json.Serialization.Metadata;
            [Vogen.ValueObject] public partial struct Email { }
            public record D { public Email Mail { get; init; } public IReadOnlyList<Email> Others { get; init; } = []; }
            [JsonSerializable(typeof(Email))]
            public sealed class Json() : JsonSerializerContext(null)
            {
                public static Json Default { get; } = new();
                protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override Metadata.JsonTypeInfo GetTypeInfo(Type type) => Blind.GetTypeInfo(type, Options);
                private static readonly NoConverters Blind = new();
                // As System.Text.Json's generator, which does not see the converter.
                private sealed class NoConverters : Metadata.DefaultJsonTypeInfoResolver
                {
                    public override Metadata.JsonTypeInfo GetTypeInfo(Type type, JsonSerializerOptions options) =>
                        Metadata.JsonMetadataServices.CreateObjectInfo<Email>(
                            options, new() { ObjectCreator = static () => default });
                }
            }
            [Patch<D>{{arguments}}] public sealed partial record P
            {
                public partial Email Mail { get; init; }
                public partial Email[] Others { get; init; }
            }
            """);
        Assert.Empty(test.Diagnostics());
        test.Load().AssertKeeps("P", """{"mail":"a@b","others":["c@d"]}""");
        Assert.Equal("/mail wrong_type, /others/0 wrong_type", test.Load().Read("P", """{"mail":5,"others":[{}]}"""));
    }

    [Fact]
    public void A_partial_type_without_a_converter_is_reported() => Assert.Equal(
        "PG0004",
        Assert.Single(GeneratorTest.Diagnose(GeneratorTest.Usings + """
            public partial struct Email { public int Value { get; set; } }
            [Patch] public sealed partial record P { public partial Email Mail { get; init; } }
            """)).Id);

    [Theory]
    [InlineData("Level", "", "[JsonConverter(typeof(JsonNumberEnumConverter<Level>))]")]
    [InlineData("Level", "[JsonConverter(typeof(JsonNumberEnumConverter<Level>))]", "")]
    public void An_enum_is_read_by_its_numbers(string type, string onDocument, string onMember)
    {
        LoadedPatches patches = GeneratorTest.Run(GeneratorTest.Usings + $$"""
            public enum Level : sbyte { Low = -1, Middle, High = 5, Top = 5 }
            public record D { {{onDocument}} public {{type}} Value { get; init; } }
            [Patch<D>] public sealed partial record P { {{onMember}} public partial {{type}} Value { get; init; } }
            """).Load();
        patches.AssertKeeps("P", """{"value":-1}""");
        patches.AssertKeeps("P", """{"value":5}""");
        Assert.Equal("/value not_allowed_value", patches.Read("P", """{"value":2}"""));
        Assert.Equal("/value out_of_range", patches.Read("P", """{"value":200}"""));
        Assert.Equal("/value wrong_type", patches.Read("P", """{"value":"Low"}"""));
        Assert.Equal("/value wrong_type", patches.Read("P", """{"value":1.5}"""));
    }

    [Fact]
    public void Flags_are_combined()
    {
        LoadedPatches patches = GeneratorTest.Run(GeneratorTest.Usings + """
            [Flags, JsonConverter(typeof(JsonNumberEnumConverter<Days>))]
            public enum Days : ulong { Monday = 1, Tuesday = 2, Sunday = 1UL << 63 }
            [Patch] public sealed partial record P { public partial Days On { get; init; } public partial List<Days>? Sets { get; init; } }
            """).Load();
        foreach (string valid in new[] { "0", "1", "3", "9223372036854775809" })
        {
            patches.AssertKeeps("P", $$"""{"on":{{valid}},"sets":[{{valid}}]}""");
        }

        Assert.Equal("/on wrong_type, /sets/0 wrong_type", patches.Read("P", """{"on":4,"sets":[8]}"""));
    }

    [Theory]
    [InlineData("Web", null)]
    [InlineData("Field", null)]
    [InlineData("None", "'Json' has no static property or field 'None' with a context, which ContextInstance names")]
    [InlineData("Text", "'Json' has no static property or field 'Text' with a context, which ContextInstance names")]
    public void Another_instance_of_the_context_can_be_named(string instance, string? reason)
    {
        string source = GeneratorTest.Usings + $$"""
            using System.Text.Json.Serialization.Metadata;
            public sealed class Point { public int XAxis { get; set; } }
            [JsonSerializable(typeof(Point))]
            public sealed class Json(JsonSerializerOptions options) : JsonSerializerContext(options)
            {
                public static Json Web { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper });
                public static readonly Json Field = Web;
                public static string Text => "";
                protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override JsonTypeInfo? GetTypeInfo(Type type) => new DefaultJsonTypeInfoResolver().GetTypeInfo(type, Options);
            }
            [Patch(Context = typeof(Json), ContextInstance = "{{instance}}")] public sealed partial record P
            {
                public partial Point? At { get; init; }
            }
            """;
        if (reason is null)
        {
            GeneratorTest.Run(source).Load().AssertKeeps("P", """{"at":{"X_AXIS":5}}""");
        }
        else
        {
            Assert.Contains(
                GeneratorTest.Diagnose(source), d => d.Id == "PG0004" && d.GetMessage(null).EndsWith(reason, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_endpoint_can_name_another_instance() => Assert.Contains(
        "global::Json.Web.GetTypeInfo(",
        GeneratorTest.Run(GeneratorTest.Usings + """
            public record D { [Key] public int Id { get; set; } public string Text { get; set; } = ""; }
            [JsonSerializable(typeof(D))]
            public sealed class Json() : JsonSerializerContext(null)
            {
                public static Json Web { get; } = new();
                protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
            }
            [Patch<D>, PatchEndpoint("/d/{id}", Context = typeof(Json), ContextInstance = nameof(Json.Web))]
            public sealed partial record P { public partial string Text { get; init; } }
            """).Sources["P.Handler.g.cs"],
        StringComparison.Ordinal);

    private static string Json(string text) => text.Replace('\'', '"');
}
