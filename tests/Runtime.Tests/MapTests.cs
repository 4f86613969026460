using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Dictionaries with string keys: merged by key, null removes a key.</summary>
public sealed partial class MapTests
{
    private static readonly Store Before = new()
    {
        Prices = new() { ["tea"] = 3, ["milk"] = 1 },
        Labels = ImmutableDictionary.CreateRange([KeyValuePair.Create("a", "1")]),
        Rooms = new Dictionary<string, Room> { ["hall"] = new() { Size = 4, Note = "cold" } },
    };

    [Fact]
    public void Keys_are_set_and_removed_and_others_are_kept()
    {
        StorePatch patch = Read.Ok<StorePatch>(
            """{"prices":{"milk":null,"bread":2},"labels":{"a":"1","b":"2"}"""
                + ""","rooms":{"hall":{"note":null},"attic":{"size":1},"cellar":{}}}""");
        Store after = patch.ApplyTo(Before, out MemberSet<StorePatch> changed);
        Assert.Equal("prices, labels, rooms", changed.ToString());
        Assert.Equal("tea=3 bread=2", Show(after.Prices));
        Assert.Equal("a=1 b=2", string.Join(' ', after.Labels.OrderBy(static l => l.Key).Select(static l => $"{l.Key}={l.Value}")));
        Assert.Equal("hall=Room { Size = 4, Note =  } attic=Room { Size = 1, Note =  }", Show(after.Rooms!));
        Assert.Equal("tea=3 milk=1", Show(Before.Prices));
    }

    [Theory]
    [InlineData("""{"prices":{}}""")]
    [InlineData("""{"prices":{"tea":3,"nothing":null}}""")]
    [InlineData("""{"labels":{"a":"1"}}""")]
    [InlineData("""{"rooms":{"hall":{"size":4},"cellar":{},"attic":null}}""")]
    [InlineData("""{"frozen":{"a":null}}""")]
    [InlineData("""{"frozen":null}""")]
    public void A_patch_that_changes_no_value_returns_the_same_document(string body) =>
        Assert.Same(Before, Read.Ok<StorePatch>(body).ApplyTo(Before, out _));

    [Fact]
    public void A_missing_dictionary_is_created_and_a_nullable_one_is_cleared()
    {
        Store made = Read.Ok<StorePatch>("""{"frozen":{"a":"sea"},"rooms":null}""").ApplyTo(Before, out MemberSet<StorePatch> changed);
        Assert.Equal("rooms, frozen", changed.ToString());
        Assert.Null(made.Rooms);
        Assert.Equal("sea", made.Frozen!["a"]);
    }

    [Fact]
    public void A_document_changed_in_place_gets_a_new_dictionary()
    {
        Dictionary<string, int> counts = new() { ["a"] = 1 };
        Shop shop = new() { Counts = counts };
        Assert.Same(shop, Read.Ok<ShopPatch>("""{"counts":{"b":2}}""").ApplyTo(shop, out _));
        Assert.Equal("a=1 b=2", Show(shop.Counts));
        Assert.Equal("a=1", Show(counts));
    }

    [Theory]
    [InlineData("""{"prices":null}""", "Invalid /prices null_not_allowed")]
    [InlineData("""{"prices":[1]}""", "Invalid /prices wrong_type")]
    [InlineData("""{"prices":{"a/b~c":"1","b":2.5}}""", "Invalid /prices/a~1b~0c wrong_type, /prices/b wrong_type")]
    [InlineData("""{"prices":{"a":1,"\u0061":2}}""", "Invalid /prices/a duplicate_member")]
    [InlineData(
        """{"prices":{"a":1,"a":null,"a":"x"}}""", "Invalid /prices/a duplicate_member, /prices/a duplicate_member, /prices/a wrong_type")]
    [InlineData("""{"prices":{"":1}}""", "Invalid /prices/ too_short")]
    [InlineData("""{"kept":{"a":null}}""", "Invalid /kept/a null_not_allowed")]
    [InlineData("""{"tags":{"a":["x",null,1]}}""", "Invalid /tags/a/1 null_not_allowed, /tags/a/2 wrong_type")]
    [InlineData("""{"rooms":{"hall":{"syze":1,"size":"x"}}}""", "Invalid /rooms/hall/syze unknown_member, /rooms/hall/size wrong_type")]
    [InlineData("""{"rooms":{"hall":{"owner":1}},"prices":4}""", "Fenced /rooms/hall/owner fenced")]
    [InlineData("""{"prices":{"a":1""", "Malformed  malformed")]
    [InlineData("""{"prices":{"a"1}}""", "Malformed  malformed")]
    [InlineData("""{"prices":{"a":1,}}""", "Malformed  malformed")]
    [InlineData("""{"prices":{"\ud800":1}}""", "Malformed  malformed")]
    public void Pointers_of_problems_contain_the_key(string body, string errors) => Assert.Equal(errors, Read.Errors<StorePatch>(body));

    [Fact]
    public void The_number_and_length_of_keys_are_limited()
    {
        PatchReadOptions options = new() { MaxOpenMembers = 2, MaxOpenNameLength = 3 };
        Read.Ok<StorePatch>("""{"prices":{"abc":1,"😀😀😀":2}}""", options);
        Assert.Equal("Invalid /prices/abcd too_long", Read.Errors<StorePatch>("""{"prices":{"abcd":1}}""", options));
        Assert.Equal("Invalid /prices too_long", Read.Errors<StorePatch>("""{"prices":{"a":1,"b":2,"c":3,"d":4}}""", options));
        Assert.Equal("Must have at most 2 members.", Read.Message<StorePatch>("""{"prices":{"a":1,"b":2,"c":3}}""", options));
        Assert.Equal("Malformed  too_deep", Read.Errors<StorePatch>("""{"prices":{}}""", new PatchReadOptions { MaxDepth = 1 }));

        StorePatch patch = new()
        {
            Prices = Enumerable.Range(0, 65).ToDictionary(static i => $"{i}", static i => (int?)i),
            Tags = new Dictionary<string, string[]?> { [""] = null, ["a"] = [null!] },
            Kept = new Dictionary<string, string> { ["a"] = null! },
        };
        Assert.Equal(
            "/prices too_long, /kept/a null_not_allowed, /tags/ too_short, /tags/a/0 null_not_allowed",
            string.Join(", ", patch.Validate().Select(static p => $"{p.Pointer} {p.Code}")));
    }

    [Fact]
    public void Patches_are_equal_by_value_regardless_of_order_and_dictionary_type()
    {
        StorePatch one = new() { Labels = new Dictionary<string, string?> { ["a"] = "1", ["b"] = null } };
        StorePatch other = Read.Ok<StorePatch>("""{"labels":{"b":null,"a":"1"}}""");
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, new StorePatch { Labels = new Dictionary<string, string?> { ["a"] = "1" } });
        Assert.NotEqual(one, new StorePatch { Labels = new Dictionary<string, string?> { ["a"] = "1", ["b"] = "" } });
        Assert.Equal("StorePatch { Labels = { a = 1, b = null } }", one.ToString());
        Assert.Equal(
            "StorePatch { Rooms = { hall = RoomPatch { Size = 2 } } }",
            Read.Ok<StorePatch>("""{"rooms":{"hall":{"size":2}}}""").ToString());
        Assert.Equal(one, Read.Ok<StorePatch>(Read.Written(one)));
    }

    [Fact]
    public void Two_patches_are_merged_by_key()
    {
        StorePatch Of(string body) => Read.Ok<StorePatch>(body);
        Assert.Equal(
            Of("""{"prices":{"a":null,"b":2,"c":3},"rooms":{"hall":{"size":1,"note":"x"},"attic":null}}"""),
            Of("""{"prices":{"a":1,"b":2},"rooms":{"hall":{"size":1},"attic":{"size":2}}}""").Merge(
                Of("""{"prices":{"a":null,"c":3},"rooms":{"hall":{"note":"x"},"attic":null}}""")));
        Assert.Equal(Of("""{"rooms":null}"""), Of("""{"rooms":{"a":{"size":1}}}""").Merge(Of("""{"rooms":null}""")));
        Assert.Contains(
            "'rooms'",
            Assert.Throws<InvalidOperationException>(() => Of("""{"rooms":null}""").Merge(Of("""{"rooms":{"a":{"size":1}}}"""))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'rooms.a'",
            Assert.Throws<InvalidOperationException>(
                () => Of("""{"rooms":{"a":null}}""").Merge(Of("""{"rooms":{"a":{"size":1}}}"""))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_compares_by_key()
    {
        Store after = Before with
        {
            Prices = new() { ["tea"] = 4, ["bread"] = 2 },
            Rooms = new Dictionary<string, Room> { ["hall"] = new() { Size = 4 } },
        };
        StorePatch difference = StorePatch.Diff(Before, after);
        Assert.Equal(
            "StorePatch { Prices = { tea = 4, bread = 2, milk = null }, Rooms = { hall = RoomPatch { Note = null } } }",
            difference.ToString());
        Assert.Equal("""StorePatch { Rooms = null }""", StorePatch.Diff(Before, Before with { Rooms = null }).ToString());
        Assert.True(StorePatch.Diff(Before, Before with { Prices = new() { ["milk"] = 1, ["tea"] = 3 } }).IsEmpty);
        Assert.Contains(
            "not nullable",
            Assert.Throws<InvalidOperationException>(() => StorePatch.Diff(Before with { Kept = new() { ["a"] = "b" } }, Before)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "empty object",
            Assert.Throws<InvalidOperationException>(
                () => StorePatch.Diff(Before, Before with { Frozen = FrozenDictionary<string, string>.Empty })).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'attic'",
            Assert.Throws<InvalidOperationException>(
                () =>
                    StorePatch.Diff(
                        Before, Before with { Rooms = new Dictionary<string, Room>(Before.Rooms!) { ["attic"] = new() } })).Message,
            StringComparison.Ordinal);
    }

    private static string Show<T>(IReadOnlyDictionary<string, T> map) =>
        string.Join(' ', map.Select(static one => $"{one.Key}={one.Value}"));

    internal sealed record Store
    {
        public Dictionary<string, int> Prices { get; init; } = [];

        public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

        public IReadOnlyDictionary<string, Room>? Rooms { get; init; }

        public FrozenDictionary<string, string>? Frozen { get; init; }

        public Dictionary<string, string> Kept { get; init; } = [];

        public Dictionary<string, string[]> Tags { get; init; } = [];
    }

    internal sealed record Room
    {
        public int Size { get; init; }

        public string? Note { get; init; }
    }

    [Patch<Store>]
    internal sealed partial record StorePatch
    {
        public partial Dictionary<string, int?> Prices { get; init; }

        public partial IReadOnlyDictionary<string, string?> Labels { get; init; }

        public partial IReadOnlyDictionary<string, RoomPatch?>? Rooms { get; init; }

        public partial FrozenDictionary<string, string?>? Frozen { get; init; }

        public partial Dictionary<string, string> Kept { get; init; }

        public partial IDictionary<string, string[]?> Tags { get; init; }
    }

    [Patch<Room>, Fence("owner", Until = "v2")]
    internal sealed partial record RoomPatch
    {
        public partial int Size { get; init; }

        public partial string? Note { get; init; }
    }

    internal sealed class Shop
    {
        public Dictionary<string, int> Counts { get; set; } = [];
    }

    [Patch<Shop>]
    internal readonly partial record struct ShopPatch
    {
        public partial Dictionary<string, int?> Counts { get; init; }
    }
}
