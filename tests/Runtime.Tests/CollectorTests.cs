using System.Text.RegularExpressions;

namespace Layers.PatchGen.Runtime.Tests;

public class CollectorTests
{
    [Theory]
    [InlineData(null, 1, 2, "")]
    [InlineData("", 0, 2, "")]
    [InlineData("", 1, 2, "too_short min=1 max=2: Must have at least 1 character.")]
    [InlineData("a", 1, 2, "")]
    [InlineData("ab", 1, 2, "")]
    [InlineData("abc", 1, 2, "too_long min=1 max=2: Must have at most 2 characters.")]
    [InlineData("💩💩", 1, 2, "")]
    [InlineData("💩💩💩", 1, 2, "too_long min=1 max=2: Must have at most 2 characters.")]
    [InlineData("💩💩", 3, 4, "too_short min=3 max=4: Must have at least 3 characters.")]
    [InlineData("a💩b", 3, 3, "")]
    [InlineData("abc", 0, 1, "too_long max=1: Must have at most 1 character.")]
    [InlineData("a", 2, int.MaxValue, "too_short min=2: Must have at least 2 characters.")]
    public void Lengths(string? value, int min, int max, string expected)
    {
        PatchProblemCollector problems = default;
        problems.CheckLength("m", value, min, max);
        Assert.Equal(expected, Only(problems));
    }

    [Fact]
    public void A_lone_surrogate_counts_as_one()
    {
        PatchProblemCollector problems = default;
        problems.CheckLength("m", "\ud83d\ud83d", 2, 2);
        problems.CheckLength("m", "\ude00\ud83d", 2, 2);
        problems.CheckLength("m", "\ud83d\ud83d\ude00", 2, 2);
        Assert.Equal(0, problems.Count);
        problems.CheckLength("m", "\ude00\ud83d", 0, 1);
        Assert.Equal(1, problems.Count);
    }

    [Theory]
    [InlineData(0, 1, 3, "too_short min=1 max=3: Must have at least 1 item.")]
    [InlineData(1, 1, 3, "")]
    [InlineData(3, 1, 3, "")]
    [InlineData(4, 0, 3, "too_long max=3: Must have at most 3 items.")]
    [InlineData(1, 2, int.MaxValue, "too_short min=2: Must have at least 2 items.")]
    public void Counts(int count, int min, int max, string expected)
    {
        PatchProblemCollector problems = default;
        problems.CheckCount("m", count, min, max);
        Assert.Equal(expected, Only(problems));
    }

    [Fact]
    public void Ranges()
    {
        Assert.Equal("", Range<int>(1, 1, 5));
        Assert.Equal("", Range<int>(5, 1, 5));
        Assert.Equal("", Range<int>(null, 1, 5));
        Assert.Equal("out_of_range min=1 max=5: Must be between 1 and 5.", Range<int>(6, 1, 5));
        Assert.Equal("out_of_range min=1: Must be at least 1.", Range<int>(0, 1, int.MaxValue));
        Assert.Equal("out_of_range max=5: Must be at most 5.", Range<int>(6, int.MinValue, 5));
        Assert.Equal("out_of_range min=0 max=2147483647: Must be between 0 and 2147483647.", Range<long>(-1, 0, int.MaxValue));
        Assert.Equal("out_of_range min=1: Must be at least 1.", Range<long>(-1, 1, long.MaxValue));
        Assert.Equal("out_of_range max=5: Must be at most 5.", Range<byte>(6, 0, 5));
        Assert.Equal("out_of_range min=0.5 max=1.5: Must be between 0.5 and 1.5.", Range(2, 0.5, 1.5));
        Assert.Equal("out_of_range min=0.5: Must be at least 0.5.", Range(double.NaN, 0.5, double.MaxValue));
        Assert.Equal("out_of_range min=0.10 max=2: Must be between 0.10 and 2.", Range(3m, 0.10m, 2m));
        Assert.Equal("out_of_range min=PT30S max=PT1H: Must be between PT30S and PT1H.", Range(TimeSpan.Zero, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)));
        Assert.Equal("out_of_range min=2026-01-01 max=2026-12-31: Must be between 2026-01-01 and 2026-12-31.", Range(new DateOnly(2025, 1, 1), new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)));

        PatchProblemCollector problems = default;
        problems.CheckRange("m", 7, 1, 5);
        problems.CheckRange("m", (string?)null, "a", "b");
        Assert.Equal("out_of_range min=1 max=5: Must be between 1 and 5.", Only(problems));
    }

    [Fact]
    public void Patterns()
    {
        Regex pattern = new("^(?:[a-z]+)$", RegexOptions.NonBacktracking);
        PatchProblemCollector problems = default;
        problems.CheckPattern("m", "abc", pattern);
        problems.CheckPattern("m", null, pattern);
        Assert.Equal("", Only(problems));
        problems.CheckPattern("m", "aBc", pattern);
        Assert.Equal("bad_format pattern=^(?:[a-z]+)$: Must match the pattern ^(?:[a-z]+)$.", Only(problems));
    }

    [Fact]
    public void Allowed_values()
    {
        PatchProblemCollector problems = default;
        problems.CheckAllowed<string>("m", "a", ["a", "b"]);
        problems.CheckAllowed<string>("m", null, ["a", "b"]);
        problems.CheckAllowed<int>("m", (int?)null, [1, 2]);
        problems.CheckAllowed<int>("m", (int?)2, [1, 2]);
        problems.CheckAllowed<DayOfWeek>("m", DayOfWeek.Friday, [DayOfWeek.Friday]);
        Assert.Equal("", Only(problems));
        problems.CheckAllowed<string>("m", "A", ["a", "b"]);
        Assert.Equal("not_allowed_value allowed=a, b: Must be one of: a, b.", Only(problems));
        PatchProblemCollector numbers = default;
        numbers.CheckAllowed<int>("m", 3, [1, 2]);
        Assert.Equal("not_allowed_value allowed=1, 2: Must be one of: 1, 2.", Only(numbers));
    }

    [Fact]
    public void Problems_are_placed_on_the_way_out()
    {
        PatchProblemCollector problems = default;
        problems.CheckCount("first", 1, 0, 0);
        int outer = problems.Enter();
        int item = problems.Enter();
        problems.CheckCount("second", 1, 0, 0);
        Assert.False(problems.LeaveIndex(item, 3));
        item = problems.Enter();
        Assert.True(problems.LeaveIndex(item, 4));
        Assert.False(problems.Leave(outer, "list"));
        problems.CheckCount("third", 1, 0, 0);
        PatchProblems all = problems.ToProblems();
        Assert.Equal(["/first", "/list/3/second", "/third"], all.Select(p => p.Pointer));
        Assert.Equal(PatchVerdict.Invalid, all.Verdict);
        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public void Without_problems_there_is_nothing_to_say() => Assert.Same(PatchProblems.None, default(PatchProblemCollector).ToProblems());

    private static string Range<T>(T? value, T min, T max)
        where T : struct, IComparable<T>
    {
        PatchProblemCollector problems = default;
        problems.CheckRange("m", value, min, max);
        return Only(problems);
    }

    private static string Only(PatchProblemCollector problems)
    {
        if (problems.Count == 0)
        {
            return "";
        }

        PatchProblem problem = Assert.Single(problems.ToProblems());
        Assert.Equal("/m", problem.Pointer);
        return $"{problem.Code} {string.Join(' ', problem.Arguments.Select(a => $"{a.Key}={a.Value}"))}: {problem.Message}";
    }
}
