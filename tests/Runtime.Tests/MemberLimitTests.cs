using System.Text.Json;
using System.Text.Json.Serialization;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>
/// The number of members of open objects and dictionaries after the merge, counted wherever the patch was merged.
/// </summary>
public sealed partial class MemberLimitTests
{
    [Theory]
    [InlineData("""{"x1":1}""", "")]
    [InlineData("""{"inner":{"x1":1}}""", "/inner")]
    [InlineData("""{"inner":{"inner":{"x1":1}}}""", "/inner/inner")]
    [InlineData("""{"spot":{"counts":{"x1":1}}}""", "/spot/counts")]
    [InlineData("""{"maybe":{"counts":{"x1":1}}}""", "/maybe/counts")]
    [InlineData("""{"counts":{"x1":1}}""", "/counts")]
    [InlineData("""{"texts":{"x1":"1"}}""", "/texts")]
    [InlineData("""{"rooms":{"x1":{"x1":1}}}""", "/rooms")]
    [InlineData("""{"rooms":{"x1":null,"a/b~":{"x1":1}}}""", "/rooms/a~1b~0")]
    [InlineData("""{"rooms":{"hall":{"inner":{"x1":1}}}}""", "/rooms/hall/inner")]
    [InlineData("""{"spots":{"x1":{"counts":{"x1":1}}}}""", "/spots")]
    [InlineData("""{"spots":{"hall":{"counts":{"x1":1}}}}""", "/spots/hall/counts")]
    [InlineData("""{"x1":1,"inner":{"x1":1},"counts":{"x1":1}}""", "/inner, /counts, ")]
    public void Objects_that_grow_beyond_the_limit_are_found(string body, string pointers)
    {
        HousePatch patch = Read.Ok<HousePatch>(body);
        House before = FullHouse(), after = patch.ApplyTo(FullHouse(), out _);
        Assert.False(PatchMemberLimit.IsMet(in patch, after, 2));
        IReadOnlyList<PatchProblem> grown = PatchMemberLimit.FindGrown(in patch, PatchMemberLimit.Find(in patch, before, 2), after, 2);
        Assert.Equal(pointers, string.Join(", ", grown.Select(problem => problem.Pointer)));
        Assert.All(grown, problem => Assert.Equal(PatchProblemCodes.TooLong, problem.Code));
        Assert.All(grown, problem => Assert.Equal([new("max", "2")], problem.Arguments));
        Assert.True(PatchMemberLimit.IsMet(in patch, after, 3));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":2,"inner":{"b":2},"counts":{"a":7,"b":null},"rooms":{"hall":{"a":[]}},"spots":{"hall":{"counts":{"a":5}}}}""")]
    [InlineData("""{"a":null,"x1":1,"inner":{"b":null,"x1":1},"texts":{"b":null,"x1":""}}""")]
    [InlineData("""{"inner":null,"maybe":null,"texts":null,"rooms":{"hall":null,"attic":{}}}""")]
    [InlineData("""{"name":"x","inner":{"name":"y"}}""")]
    public void Objects_that_do_not_grow_are_not_reported_at_any_size(string body)
    {
        HousePatch patch = Read.Ok<HousePatch>(body);
        foreach (int max in (int[])[1, 2])
        {
            PatchProblems before = PatchMemberLimit.Find(in patch, FullHouse(), max);
            Assert.Empty(PatchMemberLimit.FindGrown(in patch, before, patch.ApplyTo(FullHouse(), out _), max));
        }
    }

    /// <summary>The body is within the limit, but the dictionary is not after the merge.</summary>
    [Theory]
    [InlineData("""{"counts":{"x1":1}}""", "/counts too_long max=2")]
    [InlineData("""{"rooms":{"x1":{"name":"x"}}}""", "/rooms too_long max=2")]
    [InlineData("""{"counts":{"x1":1,"a":null},"rooms":{"hall":{}}}""", "")]
    public void A_dictionary_can_have_its_own_limit(string body, string problem)
    {
        LimitedPatch patch = Read.Ok<LimitedPatch>(body);
        House before = FullHouse(), after = patch.ApplyTo(FullHouse(), out _);
        IReadOnlyList<PatchProblem> grown = PatchMemberLimit.FindGrown(in patch, PatchMemberLimit.Find(in patch, before, 64), after, 64);
        Assert.Equal(problem, string.Concat(grown.Select(Describe)));
        Assert.Equal(problem.Length == 0, PatchMemberLimit.IsMet(in patch, after, 64));

        static string Describe(PatchProblem problem) =>
            $"{problem.Pointer} {problem.Code} {string.Join(' ', problem.Arguments.Select(static a => $"{a.Key}={a.Value}"))}";
    }

    [Fact]
    public void A_missing_object_counts_as_empty()
    {
        HousePatch patch = Read.Ok<HousePatch>(
            """{"inner":{"a":1},"maybe":{"counts":{"a":1,"b":2}},"texts":{"a":""},"rooms":{"a":{"x":1,"y":2}}"""
                + ""","spots":{"a":{"counts":{"x":1,"y":2}}}}""");
        IReadOnlyList<PatchProblem> grown = PatchMemberLimit.FindGrown(in patch, PatchProblems.None, patch.ApplyTo(new House(), out _), 1);
        Assert.Equal(["/maybe/counts", "/rooms/a", "/spots/a/counts"], grown.Select(problem => problem.Pointer));
    }

    [Fact]
    public void ApplyTo_itself_has_no_limit()
    {
        string members = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"m{i}\":{i}"));
        HousePatch patch = Read.Ok<HousePatch>($$"""{ {{members}} }""", new PatchReadOptions { MaxOpenMembers = 1000 });
        Assert.Equal(1002, patch.ApplyTo(FullHouse(), out _).Other!.Count);
    }

    [Fact]
    public void Counting_does_not_allocate()
    {
        HousePatch patch = Read.Ok<HousePatch>("""{"x1":1,"inner":{"x1":1},"counts":{"x1":1},"texts":{"x1":"1"}}""");
        House after = patch.ApplyTo(FullHouse(), out _);
        long least = long.MaxValue;
        for (int i = 0; i < 100; i++)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            PatchMemberLimit.IsMet(in patch, after, 64);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - start);
        }

        Assert.Equal(0, least);
    }

    private static Dictionary<string, JsonElement> Two() => new() { ["a"] = JsonElement.Parse("1"), ["b"] = JsonElement.Parse("1") };

    private static House FullHouse() => new()
    {
        Other = Two(),
        Inner = new Room { Other = Two(), Inner = new Room { Other = Two() } },
        Spot = new Spot { Counts = new() { ["a"] = 1, ["b"] = 1 } },
        Maybe = new Spot { Counts = new() { ["a"] = 1, ["b"] = 1 } },
        Counts = new() { ["a"] = 1, ["b"] = 1 },
        Texts = new() { ["a"] = "1", ["b"] = "1" },
        Rooms = new() { ["hall"] = new Room { Other = Two(), Inner = new Room { Other = Two() } }, ["a/b~"] = new Room { Other = Two() } },
        Spots = new() { ["hall"] = new Spot { Counts = new() { ["a"] = 1, ["b"] = 1 } }, ["attic"] = default },
    };

    internal sealed class House
    {
        public string? Name { get; set; }

        public Room? Inner { get; set; }

        public Spot Spot { get; set; }

        public Spot? Maybe { get; set; }

        public Dictionary<string, int> Counts { get; set; } = [];

        public SortedDictionary<string, string>? Texts { get; set; }

        public Dictionary<string, Room> Rooms { get; set; } = [];

        public Dictionary<string, Spot> Spots { get; set; } = [];

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Other { get; set; }
    }

    internal sealed record Room
    {
        public string? Name { get; init; }

        public Room? Inner { get; init; }

        [JsonExtensionData]
        public IReadOnlyDictionary<string, JsonElement>? Other { get; init; }
    }

    internal record struct Spot
    {
        public Dictionary<string, int>? Counts { get; set; }
    }

    [Patch<House>]
    internal sealed partial record LimitedPatch
    {
        [System.ComponentModel.DataAnnotations.MaxLength(2)]
        public partial Dictionary<string, int?> Counts { get; init; }

        [System.ComponentModel.DataAnnotations.MaxLength(2)]
        public partial Dictionary<string, RoomPatch> Rooms { get; init; }
    }

    [Patch<House>]
    internal sealed partial record HousePatch
    {
        public partial string? Name { get; init; }

        public partial RoomPatch? Inner { get; init; }

        public partial SpotPatch Spot { get; init; }

        public partial SpotPatch? Maybe { get; init; }

        public partial Dictionary<string, int?> Counts { get; init; }

        public partial IReadOnlyDictionary<string, string?>? Texts { get; init; }

        public partial Dictionary<string, RoomPatch?> Rooms { get; init; }

        public partial Dictionary<string, SpotPatch?> Spots { get; init; }

        [JsonExtensionData]
        public partial IDictionary<string, JsonElement> Other { get; init; }
    }

    [Patch<Room>]
    internal sealed partial record RoomPatch
    {
        public partial string? Name { get; init; }

        public partial RoomPatch? Inner { get; init; }

        [JsonExtensionData]
        public partial IDictionary<string, JsonElement> Other { get; init; }
    }

    [Patch<Spot>]
    internal partial record struct SpotPatch
    {
        public partial Dictionary<string, int?>? Counts { get; init; }
    }
}
