using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Lists, sets and immutable collections: read as arrays, applied and compared by their items.</summary>
public sealed partial class CollectionTests
{
    private const string Body = """{"list":["a","b","a"],"set":["tiktok","instagram"],"immutable":[3,1],"wider":["x"],"sorted":[2,1]}""";

    [Fact]
    public void Collections_are_read_and_written()
    {
        ShelfPatch patch = Read.Ok<ShelfPatch>(Body);
        Assert.Equal(["a", "b", "a"], patch.List!);
        Assert.Equal([Platform.TikTok, Platform.Instagram], patch.Set!);
        Assert.Equal([3, 1], patch.Immutable.ToArray());
        Assert.Equal([1, 2], patch.Sorted!);
        Assert.Equal(patch, Read.Ok<ShelfPatch>(Body));
        Assert.Equal(patch.GetHashCode(), Read.Ok<ShelfPatch>(Body).GetHashCode());
        Assert.Empty(patch.Validate());
    }

    [Fact]
    public void A_duplicate_item_of_a_set_is_rejected()
    {
        Assert.Equal("Invalid /set/2 duplicate_item", Read.Errors<ShelfPatch>("""{"set":["tiktok","instagram","t\u0069ktok"]}"""));
        Assert.Equal("Duplicate item.", Read.Message<ShelfPatch>("""{"sorted":[1,1]}"""));
        Assert.Equal("Invalid /list too_long", Read.Errors<ShelfPatch>("""{"list":["a","b","c","d"]}"""));
        Assert.Equal("Invalid /list/1 null_not_allowed", Read.Errors<ShelfPatch>("""{"list":["a",null]}"""));
        Assert.Equal("Invalid /set wrong_type", Read.Errors<ShelfPatch>("""{"set":{}}"""));
    }

    [Fact]
    public void A_collection_with_equal_items_is_not_changed()
    {
        Shelf shelf = Read.Ok<ShelfPatch>(Body).ApplyTo(new Shelf(), out MemberSet<ShelfPatch> changed);
        Assert.Equal("list, set, immutable, wider, sorted", changed.ToString());
        Assert.Same(
            shelf,
            Read.Ok<ShelfPatch>("""{"list":["a","b","a"],"set":["instagram","tiktok"],"immutable":[3,1],"wider":["x"],"sorted":[1,2]}""")
                .ApplyTo(shelf, out _));
        Assert.NotSame(shelf, Read.Ok<ShelfPatch>("""{"immutable":[1,3]}""").ApplyTo(shelf, out changed));
        Assert.Equal("immutable", changed.ToString());
        Assert.Equal("""ShelfPatch { Wider = [y] }""", ShelfPatch.Diff(shelf, shelf with { Wider = ["y"] }).ToString());
        Assert.Equal(
            """ShelfPatch { List = [c] }""",
            ShelfPatch.Diff(shelf, shelf with { List = ["c"], Set = [Platform.Instagram, Platform.TikTok] }).ToString());
    }

    internal sealed record Shelf
    {
        public List<string> List { get; init; } = [];

        public HashSet<Platform>? Set { get; init; }

        public ImmutableArray<int> Immutable { get; init; } = [];

        public IReadOnlyList<string> Wider { get; init; } = [];

        public SortedSet<int>? Sorted { get; init; }
    }

    [Patch<Shelf>]
    internal sealed partial record ShelfPatch
    {
        [MaxLength(3)]
        public partial List<string> List { get; init; }

        public partial HashSet<Platform>? Set { get; init; }

        public partial ImmutableArray<int> Immutable { get; init; }

        public partial List<string> Wider { get; init; }

        public partial SortedSet<int>? Sorted { get; init; }
    }
}
