using System.Collections.Specialized;
using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Lists;

/// <summary>Lists of a document that are patched by the keys of their items.</summary>
public sealed class KeyedListTests
{
    private static readonly Box Before = new()
    {
        Parts = [new() { Id = 7, Name = "a", Tags = [new() { Key = "x", Weight = 1 }] }, null, new() { Id = 9 }, new() { Id = -1 }],
        Tags = [new() { Key = "red", Weight = 2 }],
        Fixed = [new() { Id = 1 }, new() { Id = 2, Name = "b" }],
    };

    [Fact]
    public void Items_are_changed_created_and_removed_and_keep_their_order()
    {
        BoxPatch patch = Read.Ok<BoxPatch>(
            """{"parts":{"12":{"count":3},"9":null,"7":{"name":"c","tags":{"x":{"weight":5}}},"11":{},"-1":{"count":2},"404":null}}""");
        Box after = patch.ApplyTo(Before, out MemberSet<BoxPatch> changed);
        Assert.Equal("parts", changed.ToString());
        Assert.Equal([7, null, -1, 12, 11], after.Parts!.Select(static part => part?.Id));
        Assert.Equal("c", after.Parts![0]!.Name);
        Assert.Equal(5, Assert.Single(after.Parts[0]!.Tags!).Weight);
        Assert.Equal([0, null, 2, 3, 0], after.Parts.Select(static part => part?.Count));
        Assert.Equal([7, null, 9, -1], Before.Parts!.Select(static part => part?.Id)); // a record is copied
        Assert.Same(Before.Fixed, after.Fixed);
    }

    [Theory]
    [InlineData("""{"parts":{}}""")]
    [InlineData("""{"parts":{"7":{},"9":{"count":0},"8":null}}""")]
    [InlineData("""{"parts":{"7":{"name":"a","tags":{"x":{"weight":1},"y":null}}}}""")]
    [InlineData("""{"tags":{"red":{"weight":2},"blue":null},"fixed":{"1":{}}}""")]
    public void A_patch_that_changes_no_value_returns_the_same_document(string body) =>
        Assert.Same(Before, Read.Ok<BoxPatch>(body).ApplyTo(Before, out _));

    [Fact]
    public void A_missing_list_is_made_with_its_first_item_and_a_nullable_one_is_cleared()
    {
        Box after = Read.Ok<BoxPatch>("""{"parts":{"1":{}},"tags":{"a":{"weight":1}}}""").ApplyTo(new() { Tags = default }, out _);
        Assert.Equal(1, Assert.Single(after.Parts!)!.Id);
        Assert.Equal(new Tag { Key = "a", Weight = 1 }, Assert.Single(after.Tags));
        Assert.Null(Read.Ok<BoxPatch>("""{"parts":null}""").ApplyTo(after, out _).Parts);
        Assert.Null(Read.Ok<BoxPatch>("""{"parts":{"1":null}}""").ApplyTo(new(), out _).Parts);
    }

    [Fact]
    public void A_list_of_a_class_is_changed_itself()
    {
        Slot kept = new() { Id = 1, Name = "a" }, gone = new() { Id = 2 };
        var crate = new Crate { Slots = { kept, gone }, Parts = [new() { Id = 5 }], Set = [gone, kept] };
        (ICollection<Slot> slots, List<Part?> parts, HashSet<Slot> set) = (crate.Slots, crate.Parts, crate.Set);
        var events = new List<NotifyCollectionChangedAction>();
        kept.Tags.CollectionChanged += (_, e) => events.Add(e.Action);
        CratePatch patch = Read.Ok<CratePatch>(
            """
            {"slots":{"2":null,"3":{"name":"c"},"1":{"name":"b","tags":{"x":{"weight":1},"y":{}}}},
             "parts":{"5":{"count":1},"6":{}},"set":{"2":null}}
            """);
        Assert.Same(crate, patch.ApplyTo(crate, out MemberSet<CratePatch> changed));
        Assert.Equal("slots, parts, set", changed.ToString());
        Assert.Same(slots, crate.Slots);
        Assert.Same(parts, crate.Parts);
        Assert.Same(set, crate.Set);
        Assert.Same(kept, crate.Slots.First());
        Assert.Equal([("b", 1L), ("c", 3L)], crate.Slots.Select(static slot => (slot.Name, slot.Id)));
        Assert.Equal([NotifyCollectionChangedAction.Add, NotifyCollectionChangedAction.Add], events);
        Assert.Equal([(5, 1), (6, 0)], parts.Select(static part => (part!.Id, part.Count)));
        Assert.Same(kept, Assert.Single(set));
    }

    [Fact]
    public void A_list_of_a_class_that_is_missing_is_set_and_one_without_a_setter_must_exist()
    {
        var crate = new Crate();
        Read.Ok<CratePatch>("""{"parts":{"1":{}}}""").ApplyTo(crate, out _);
        Assert.Equal(1, Assert.Single(crate.Parts!)!.Id);

        // Only if it changes something.
        NoListPatch patch = Read.Ok<NoListPatch>("""{"tags":{"a":null}}""");
        patch.ApplyTo(new NoList(), out _);
        patch = Read.Ok<NoListPatch>("""{"tags":{"a":{}}}""");
        Assert.Contains("null or read-only", Assert.Throws<InvalidOperationException>(() => patch.ApplyTo(new NoList(), out _)).Message);
    }

    [Fact]
    public void Items_that_are_missing_are_all_named_and_nothing_is_changed()
    {
        var crate = new Crate { Label = "old", Slots = { new() { Id = 1, Name = "a", Inner = new() } }, Set = [new() { Id = 4 }] };
        string before = JsonSerializer.Serialize(crate);
        CratePatch patch = Read.Ok<CratePatch>(
            """
            {"label":"new","slots":{"1":{"name":"b","inner":{"set":{"8":{},"9":null}}},"2":{"inner":{"label":"x","set":{"3":{}}}}},
             "parts":{"5":{"tags":{"a~/":{}}}},"set":{"4":{"name":"c"},"5":{"name":"d"}}}
            """);
        PatchTargetException thrown = Assert.Throws<PatchTargetException>(() => patch.ApplyTo(crate, out _));
        Assert.Equal(
            ["/slots/1/inner/set/8", "/slots/2/inner/set/3", "/parts/5/tags/a~0~1", "/set/5"],
            thrown.Problems.Select(static problem => problem.Pointer));
        Assert.All(thrown.Problems, static problem => Assert.Equal(PatchProblemCodes.MissingTarget, problem.Code));
        Assert.Equal("set.5", thrown.Problems[^1].Field);
        Assert.Contains("/set/5: The document has no item with this key.", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(before, JsonSerializer.Serialize(crate));

        BoxPatch box = Read.Ok<BoxPatch>("""{"parts":{"7":null},"fixed":{"3":{}}}""");
        Assert.Equal("/fixed/3", Assert.Single(Assert.Throws<PatchTargetException>(() => box.ApplyTo(Before, out _)).Problems).Pointer);
    }

    [Fact]
    public void Of_items_with_one_key_the_first_is_changed_and_null_removes_all()
    {
        var box = new Box
        {
            Fixed = [new() { Id = 1, Name = "a" }, new() { Id = 1, Name = "b" }],
            Parts = [new() { Id = 2 }, new() { Id = 3 }, new() { Id = 2 }],
        };
        Box after = Read.Ok<BoxPatch>("""{"fixed":{"1":{"name":"c"}},"parts":{"2":null}}""").ApplyTo(box, out _);
        Assert.Equal(["c", "b"], after.Fixed.Select(static part => part.Name));
        Assert.Equal(3, Assert.Single(after.Parts!)!.Id);

        // A struct may have no key.
        box = new Box { Tags = [default, new() { Key = "a" }] };
        after = Read.Ok<BoxPatch>("""{"tags":{"a":{"weight":1}}}""").ApplyTo(box, out _);
        Assert.Equal([0, 1], after.Tags.Select(static tag => tag.Weight));
    }

    [Theory]
    [InlineData("""{"parts":{"7":{},"7":null}}""", "Invalid /parts/7 duplicate_member")]
    [InlineData("""{"parts":{"7":{},"\u0037":{}}}""", "Invalid /parts/7 duplicate_member")]
    [InlineData("""{"parts":{"":{}}}""", "Invalid /parts/ too_short")]
    [InlineData("""{"parts":[{"id":7}]}""", "Invalid /parts wrong_type")]
    [InlineData("""{"parts":{"7":{"id":7}}}""", "Invalid /parts/7/id unknown_member")]
    [InlineData("""{"parts":{"7":{"name":"toolong"}}}""", "Invalid /parts/7/name too_long")]
    [InlineData("""{"fixed":{"7":null}}""", "Invalid /fixed/7 null_not_allowed")]
    [InlineData("""{"tags":null}""", "Invalid /tags null_not_allowed")]
    [InlineData("""{"tags":{"a":{},"b":{},"c":{},"d":{}}}""", "Invalid /tags too_long")]
    [InlineData("""{"parts":{"7":{}""", "Malformed  malformed")]
    [InlineData("""{"parts":{"\ud800":{}}}""", "Malformed  malformed")]
    public void Pointers_of_problems_contain_the_key(string body, string errors) => Assert.Equal(errors, Read.Errors<BoxPatch>(body));

    [Fact]
    public void The_number_and_length_of_keys_are_limited()
    {
        PatchReadOptions options = new() { MaxOpenMembers = 2, MaxOpenNameLength = 3 };
        Read.Ok<BoxPatch>("""{"parts":{"123":{},"-12":{}}}""", options);
        Assert.Equal("Invalid /parts/1234 too_long", Read.Errors<BoxPatch>("""{"parts":{"1234":{}}}""", options));
        Assert.Equal("Invalid /parts too_long", Read.Errors<BoxPatch>("""{"parts":{"1":{},"2":null,"3":{},"4":{}}}""", options));
        Assert.Equal("Invalid /parts too_long", Read.Errors<BoxPatch>("""{"parts":{"1":{},"2":{},"3":{},"x":{}}}""", options)[..23]);
        string hostile = $$"""{"parts":{ {{string.Join(',', Enumerable.Range(0, 5000).Select(static i => $"\"0{i}\":{{}}"))}} } }""";
        Assert.Equal(PatchReadOptions.Default.MaxProblems, Read.Problems<BoxPatch>(hostile, new() { MaxBytes = 1 << 20 }).Count);

        BoxPatch patch = new()
        {
            Parts = Enumerable.Range(0, 65).ToDictionary(static i => i, static _ => (PartPatch?)null),
            Fixed = new() { [1] = null! },
        };
        Assert.Equal(
            "/parts too_long, /fixed/1 null_not_allowed",
            string.Join(", ", patch.Validate().Select(static problem => $"{problem.Pointer} {problem.Code}")));
    }

    [Fact]
    public void A_list_that_grows_beyond_its_limit_is_found()
    {
        var box = new Box { Tags = [.. "abc".Select(static key => new Tag { Key = $"{key}" })] };
        BoxPatch patch = Read.Ok<BoxPatch>("""{"tags":{"d":{}},"parts":{"1":{}}}""");
        PatchProblems before = PatchMemberLimit.Find(in patch, box, 64);
        PatchProblem problem = Assert.Single(PatchMemberLimit.FindGrown(in patch, before, patch.ApplyTo(box, out _), 64));
        Assert.Equal(
            new("/tags", "too_long", "Must have at most 3 items, those already stored included."),
            new PatchProblem(problem.Pointer, problem.Code, problem.Message));
        patch = Read.Ok<BoxPatch>("""{"tags":{"d":{},"a":null},"parts":{"1":{"name":"x"}}}""");
        Assert.True(PatchMemberLimit.IsMet(in patch, patch.ApplyTo(box, out _), 64));

        var crate = new Crate { Slots = { new() { Id = 1 } } };
        CratePatch nested = Read.Ok<CratePatch>("""{"slots":{"1":{"tags":{"a":{},"b":{}}}}}""");
        Assert.Equal(
            "/slots/1/tags",
            Assert.Single(PatchMemberLimit.FindGrown(in nested, PatchProblems.None, nested.ApplyTo(crate, out _), 1)).Pointer);
    }

    [Fact]
    public void Patches_are_equal_by_key_and_printed()
    {
        BoxPatch one = Read.Ok<BoxPatch>("""{"parts":{"1":{"count":1},"2":null}}""");
        BoxPatch other = new() { Parts = new() { [2] = null, [1] = new() { Count = 1 } } };
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, new BoxPatch { Parts = new() { [2] = null } });
        Assert.Equal("BoxPatch { Parts = { 1 = PartPatch { Count = 1 }, 2 = null } }", one.ToString());
        Assert.Equal(new BoxPatch(), one.Without(BoxPatch.Members.Parts));
    }

    [Fact]
    public void Two_patches_are_merged_by_key()
    {
        BoxPatch Of(string body) => Read.Ok<BoxPatch>(body);
        Assert.Equal(
            Of("""{"parts":{"1":{"name":"a","count":2},"2":null,"3":{}}}"""),
            Of("""{"parts":{"1":{"name":"a"},"2":{}}}""").Merge(Of("""{"parts":{"1":{"count":2},"2":null,"3":{}}}""")));
        Exception thrown = Assert.Throws<InvalidOperationException>(
            () => Of("""{"parts":{"1":null}}""").Merge(Of("""{"parts":{"1":{}}}""")));
        Assert.Contains("'parts.1'", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_has_the_items_that_changed_came_and_went()
    {
        Box after = Before with { Parts = [new() { Id = 12 }, null, new() { Id = -1, Count = 2 }, Before.Parts![0]], Tags = [] };
        BoxPatch patch = BoxPatch.Diff(Before, after);
        Assert.Equal("""{"parts":{"12":{},"-1":{"count":2},"9":null},"tags":{"red":null}}""", Read.Written(patch));
        Assert.Equal([7, null, -1, 12], patch.ApplyTo(Before, out _).Parts!.Select(static part => part?.Id));
        Assert.True(BoxPatch.Diff(Before, Before with { Parts = [.. Before.Parts!.AsEnumerable().Reverse()] }).IsEmpty);
        Assert.Equal("""{"parts":null}""", Read.Written(BoxPatch.Diff(Before, Before with { Parts = null })));

        string Unsayable(Box after) => Assert.Throws<InvalidOperationException>(() => BoxPatch.Diff(Before, after)).Message;
        Assert.Contains("'fixed.3' is a new item", Unsayable(Before with { Fixed = [.. Before.Fixed, new() { Id = 3 }] }));
        Assert.Contains("'fixed.1' is cleared", Unsayable(Before with { Fixed = [Before.Fixed[1]] }));
        Assert.Throws<InvalidOperationException>(() => BoxPatch.Diff(new(), new() { Parts = [] }));
    }
}

public sealed class NoList
{
    public List<Tag>? Tags { get; }
}

[Patch<NoList>]
public sealed partial record NoListPatch
{
    [KeyedBy(nameof(Tag.Key), AllowCreate = true)]
    public partial Dictionary<string, TagPatch?> Tags { get; init; }
}
