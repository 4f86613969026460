namespace Layers.PatchGen.Generator.Tests;

public partial class SnapshotTests
{
    [Fact]
    public Task KeyedLists() => VerifyAsync("""
        public record Line
        {
            public required int Id { get; init; }
            public decimal Amount { get; init; }
            public List<Step> Steps { get; init; } = [];
        }
        public record struct Step { public string Name { get; set; } public bool IsDone { get; set; } }
        public class Order
        {
            public ICollection<Line> Lines { get; } = [];
            public Line[]? Returned { get; set; }
            public Line Gift { get; set; } = new() { Id = 0 };
        }
        public record Basket
        {
            public System.Collections.Immutable.ImmutableArray<Line> Lines { get; init; } = [];
            public IReadOnlyList<Step>? Steps { get; init; }
        }
        [Patch<Step>] public partial record struct StepPatch { public partial bool IsDone { get; init; } }
        [Patch<Line>] public sealed partial record LinePatch
        {
            public partial decimal Amount { get; init; }
            [KeyedBy(nameof(Step.Name), AllowCreate = true)] public partial Dictionary<string, StepPatch?> Steps { get; init; }
        }
        [Patch<Order>] public sealed partial record OrderPatch
        {
            [KeyedBy(nameof(Line.Id), AllowCreate = true), MaxLength(20)] public partial Dictionary<int, LinePatch?> Lines { get; init; }
            [KeyedBy(nameof(Line.Id))] public partial IReadOnlyDictionary<int, LinePatch>? Returned { get; init; }
            public partial LinePatch Gift { get; init; }
        }
        [Patch<Basket>] public sealed partial record BasketPatch
        {
            [KeyedBy(nameof(Line.Id))] public partial Dictionary<int, LinePatch?> Lines { get; init; }
            [KeyedBy(nameof(Step.Name), AllowCreate = true)] public partial Dictionary<string, StepPatch?>? Steps { get; init; }
        }
        """, "Patch.Document");
}
