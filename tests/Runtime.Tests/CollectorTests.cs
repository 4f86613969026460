using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests;

public class CollectorTests
{
    [Fact]
    public void Pointers_of_problems_are_completed_by_the_callers()
    {
        PatchProblemCollector problems = default;
        problems.Add(ProblemKind.NullNotAllowed, "first", null);
        int outer = problems.Enter();
        int item = problems.Enter();
        problems.Add(ProblemKind.NullNotAllowed, "second", null);
        Assert.False(problems.LeaveIndex(item, 3));
        item = problems.Enter();
        Assert.True(problems.LeaveIndex(item, 4));
        Assert.False(problems.Leave(outer, "list"));
        problems.Add(ProblemKind.NullNotAllowed, "third", null);
        PatchProblems all = problems.ToProblems();
        Assert.Equal(["/first", "/list/3/second", "/third"], all.Select(p => p.Pointer));
        Assert.Equal(PatchVerdict.Invalid, all.Verdict);
        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public void Without_problems_the_verdict_is_ok() => Assert.Same(PatchProblems.None, default(PatchProblemCollector).ToProblems());
}
