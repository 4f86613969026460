using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>The generated source that users read on F12, for the host's models and for each shape of a patch.</summary>
public partial class SnapshotTests
{
    // The half of the context that System.Text.Json's generator writes.
    private const string Context = """
        partial class ShopJson
        {
            public ShopJson() : base(null) { }
            public static ShopJson Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    [Fact]
    public Task Influencers() =>
        SnapshotComparer.VerifyAsync(
            RunOnHost(),
            static name => name.Contains(".Influencers.", StringComparison.Ordinal),
            nameof(SnapshotTests));

    [Fact]
    public Task Engagement() =>
        SnapshotComparer.VerifyAsync(
            RunOnHost(),
            static name => name.Contains(".Engagement.", StringComparison.Ordinal),
            nameof(SnapshotTests));

    [Fact]
    public Task Dictionaries() => VerifyAsync("""
        public record Room { public int? Size { get; init; } }
        public record struct Point { public int X { get; init; } }
        public record Store
        {
            public Dictionary<string, int> Prices { get; init; } = [];
            public System.Collections.Immutable.ImmutableDictionary<string, string?>? Notes { get; init; }
            public IReadOnlyDictionary<string, Room>? Rooms { get; init; }
            public Dictionary<string, Point> Points { get; init; } = [];
            public Dictionary<string, string[]> Tags { get; init; } = [];
        }
        [Patch<Room>] public sealed partial record RoomPatch { public partial int? Size { get; init; } }
        [Patch<Point>] public partial record struct PointPatch { public partial int X { get; init; } }
        [Patch<Store>] public sealed partial record StorePatch
        {
            public partial Dictionary<string, int?> Prices { get; init; }
            public partial IReadOnlyDictionary<string, string?>? Notes { get; init; }
            public partial Dictionary<string, RoomPatch?>? Rooms { get; init; }
            public partial Dictionary<string, PointPatch?> Points { get; init; }
            public partial SortedDictionary<string, string[]> Tags { get; init; }
        }
        """, "StorePatch");

    [Fact]
    public Task KeyedDocument() => VerifyAsync("""
        public record Todo
        {
            [Key] public Guid Id { get; init; }
            public required string Shelf { get; init; }
            public string? Title { get; init; }
            [NotInResponse] public string? Secret { get; init; }
            [ChangedAt] public DateTimeOffset ChangedAt { get; init; }
        }
        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web), JsonSerializable(typeof(Todo))]
            public sealed partial class ShopJson : JsonSerializerContext;
        [Patch<Todo>(RequireAny = true)]
        [PatchEndpoint("/shelves/{shelf}/todos/{id}", Context = typeof(ShopJson), Scope = "todos:write", RequireIfMatch = true,
            Formats = PatchFormats.MergePatch | PatchFormats.JsonPatch)]
        public sealed partial record TodoPatch
        {
            [Selector] public partial string? Shelf { get; init; }
            public partial string? Title { get; init; }
        }
        """, "TodoPatch", Context);

    [Fact]
    public Task Entity() => VerifyAsync("""
        public class Order
        {
            public string TenantId { get; set; } = "";
            public int Number { get; set; }
            public string? Note { get; set; }
            public Address Shipping { get; set; } = new();
            public ICollection<Line> Lines { get; } = [];
            public List<Line> Returned { get; } = [];
            [ConcurrencyCheck] public int Version { get; set; }
        }
        public class Address { public string? City { get; set; } }
        public class Line { public int Number { get; set; } public int Amount { get; set; } public List<Line> Parts { get; } = []; }
        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web), JsonSerializable(typeof(Order))]
            public sealed partial class ShopJson : JsonSerializerContext;
        [Patch<Address>] public sealed partial record AddressPatch { public partial string? City { get; init; } }
        [Patch<Order>]
        [PatchEndpoint("/orders/{number}", Context = typeof(ShopJson), Tenant = nameof(Order.TenantId), Version = nameof(Order.Version))]
        public sealed partial record OrderPatch
        {
            public partial string? Note { get; init; }
            public partial AddressPatch Shipping { get; init; }
            [KeyedBy(nameof(Line.Number), AllowCreate = true)] public partial Dictionary<int, LinePatch?> Lines { get; init; }
            [KeyedBy(nameof(Line.Number))] public partial Dictionary<int, LinePatch> Returned { get; init; }
        }
        [Patch<Line>]
        public sealed partial record LinePatch
        {
            public partial int Amount { get; init; }
            [KeyedBy(nameof(Line.Number))] public partial Dictionary<int, LinePatch> Parts { get; init; }
        }
        """, "OrderPatch", Context);

    [Fact]
    public Task Update() => VerifyAsync("""
        using Microsoft.EntityFrameworkCore;
        public class Parcel
        {
            public string Text { get; set; } = "";
            public DateTimeOffset? SentAt { get; set; }
            public Address Sender { get; set; } = new();
            public Address? Target { get; set; }
            public Dictionary<string, int> Sizes { get; set; } = [];
            public Code? Code { get; set; }
            [ChangedAt] public DateTime ChangedAt { get; set; }
        }
        public class Address { public string? City { get; set; } public string? Street { get; set; } }
        [Patch<Address>]
        public sealed partial record AddressPatch
        {
            public partial string? City { get; init; }
            [PatchTo("Street")] public partial string? Road { get; init; }
        }
        [Patch<Parcel>]
        public sealed partial record ParcelPatch
        {
            public partial string Text { get; init; }
            public partial DateTimeOffset? SentAt { get; init; }
            public partial AddressPatch Sender { get; init; }
            public partial AddressPatch? Target { get; init; }
            public partial Dictionary<string, int> Sizes { get; init; }
            public partial string? Code { get; init; }
        }
        public class Code { public static implicit operator Code(string text) => new(); }
        """, "ParcelPatch");

    [Fact]
    public Task InPlaceClass() => VerifyAsync("""
        public class Order
        {
            public string Title { get; set; } = "";
            public long Visits { get; set; }
            public IReadOnlyList<string> Labels { get; set; } = [];
            public Dictionary<string, int>? Prices { get; set; }
            public Owner? Owner { get; set; }
            [ChangedAt] public DateTime ChangedAt { get; set; }
        }
        public class Owner { public string? Name { get; set; } }
        [Patch<Owner>] public partial record OwnerPatch { public partial string? Name { get; init; } }
        [Patch<Order>] public partial record OrderPatch
        {
            public partial string Title { get; init; }
            public partial int Visits { get; init; }
            public partial List<string> Labels { get; init; }
            public partial Dictionary<string, int?>? Prices { get; init; }
            public partial OwnerPatch? Owner { get; init; }
        }
        """, "OrderPatch");

    [Fact]
    public Task PositionalRecord() => VerifyAsync("""
        public enum Colour { Red, [JsonStringEnumMemberName("sea green")] SeaGreen }
        public record Spot(string Title, int? Rank, Colour Colour, TimeSpan Delay, string[]? Tags);
        [Patch<Spot>] public sealed partial record SpotPatch
        {
            public partial string Title { get; init; }
            public partial int? Rank { get; init; }
            public partial Colour Colour { get; init; }
            [IsoDuration("PT1S", "PT1H")] public partial TimeSpan Delay { get; init; }
            [Distinct] public partial string[]? Tags { get; init; }
        }
        """, "SpotPatch");

    [Fact]
    public Task Structs() => VerifyAsync("""
        public record struct Point { public int X { get; init; } public int? Y { get; init; } }
        public record struct Line { public Point From { get; init; } public Point? To { get; init; } }
        [Patch<Point>] public partial record struct PointPatch { public partial int X { get; set; } public partial int? Y { get; set; } }
        [Patch<Line>] public readonly partial record struct LinePatch { public partial PointPatch From { get; init; }
            public partial PointPatch? To { get; init; } }
        """);

    [Fact]
    public Task OpenObject() => VerifyAsync("""
        public record Person { public string? Humor { get; init; }
            [JsonExtensionData] public IDictionary<string, JsonElement>? Other { get; set; } }
        [Patch<Person>] public sealed partial record PersonPatch
        {
            public partial string? Humor { get; init; }
            [JsonExtensionData] public partial IDictionary<string, JsonElement> Other { get; init; }
        }
        """);

    [Fact]
    public Task Fences() => VerifyAsync("""
        [Patch, Fence("owner", "history.author", "history.date", Until = "v2"), Fence("internal")]
        public sealed partial record NotePatch { public partial string Text { get; init; }
            [FencedUntil("v3")] public partial string? Later { get; init; }
            [WriteScope("hr")] public partial int? Salary { get; init; }
            [FencedUntil("v3"), WriteScope("hr")] public partial string? Both { get; init; } }
        """);

    [Fact]
    public Task Constraints() => VerifyAsync("""
        [Patch] public sealed partial record RuledPatch
        {
            [StringLength(8, MinimumLength = 2), RegularExpression("[A-Z]+[0-9]*")] public partial string Code { get; init; }
            [EmailAddress(ErrorMessage = "Not an address.")] public partial string? Email { get; init; }
            [AllowedValues("low", "high")] public partial string? Level { get; init; }
            [Range(-5, 100)] public partial int? Count { get; init; }
            [Range(0.5, double.PositiveInfinity)] public partial double Weight { get; init; }
            [Length(1, 3)] public partial HashSet<DayOfWeek> Days { get; init; }
        }
        """);

    [Fact]
    public Task SeventyMembers() => VerifyAsync(string.Create(CultureInfo.InvariantCulture, $$"""
        public sealed record Wide { {{Wide("public {0} Member{1} {{ get; init; }}")}} }
        [Patch<Wide>] public sealed partial record WidePatch { {{Wide("public partial {0} Member{1} {{ get; init; }}")}} }
        """));

    [Fact]
    public Task Registration()
    {
        string Handled(string name) => $$"""
            public record {{name}} { [Key] public int Id { get; init; } public string? Text { get; init; } }
            [Patch<{{name}}>, PatchEndpoint("/{{name}}/{id}", Context = typeof(ShopJson))] public sealed partial record {{name}}Patch {
                public partial string? Text { get; init; } }

            """;
        string source = Handled("Todo") + Handled("Note")
            + "[JsonSourceGenerationOptions(JsonSerializerDefaults.Web), JsonSerializable(typeof(Todo)), JsonSerializable(typeof(Note))] "
            + "public sealed partial class ShopJson : JsonSerializerContext;";
        return VerifyAsync(source, "PatchHandlers", Context);
    }

    private static string Wide(string format)
    {
        string[] types = ["int", "string?", "bool"];
        return string.Join(
            " ",
            Enumerable.Range(0, 70).Select(i => string.Format(CultureInfo.InvariantCulture, format, types[i % types.Length], i)));
    }

    /// <summary>Compares the files of the patches in a source, or only those whose name contains <paramref name="part"/>.</summary>
    private static Task VerifyAsync(string source, string part = "", string other = "", [CallerMemberName] string test = "")
    {
        GeneratorTest result =
            GeneratorTest.Run(GeneratorTest.Usings + "namespace Shop;\n" + source, GeneratorTest.Usings + "namespace Shop;\n" + other);
        return SnapshotComparer.VerifyAsync(
            result.Result,
            name => name.Contains(part, StringComparison.Ordinal),
            nameof(SnapshotTests),
            test);
    }

    private static GeneratorDriverRunResult RunOnHost()
    {
        const string GlobalUsings = """
            global using System;
            global using System.Collections.Generic;
            """;

        string host = Path.Combine(Root(), "src", "Host");
        return GeneratorTest.Run(
        [
            GlobalUsings,
            "using System.Text.Json;\nnamespace Layers.PatchGen.Host;\n"
                + Context.Replace("ShopJson", "HostJson", StringComparison.Ordinal),
            .. Directory.GetFiles(Path.Combine(host, "Influencers"), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText),
            .. Directory.GetFiles(Path.Combine(host, "Engagement"), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText),
            File.ReadAllText(Path.Combine(host, "HostJson.cs")),
        ]).Result;
    }

    /// <summary>Removes the version, so that a release does not change the snapshots.</summary>
    internal static string WithoutVersion(string text) => GeneratedCode().Replace(text, "GeneratedCode(\"Layers.PatchGen\", \"version\")");

    [GeneratedRegex("GeneratedCode\\(\"Layers.PatchGen\", \"[0-9.]+\"\\)")]
    private static partial Regex GeneratedCode();

    internal static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
