using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Members;

/// <summary>The messages of rules, and the limits in them.</summary>
public class RuleMessageTests
{
    [Theory]
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
    public void Lengths(string value, int min, int max, string expected) => Assert.Equal(expected, Check(new LengthRule(min, max), value));

    [Fact]
    public void A_lone_surrogate_counts_as_one()
    {
        Assert.Equal("", Check(new LengthRule(2, 2), "\ud83d\ud83d"));
        Assert.Equal("", Check(new LengthRule(2, 2), "\ude00\ud83d"));
        Assert.Equal("", Check(new LengthRule(2, 2), "\ud83d\ud83d\ude00"));
        Assert.Equal("too_long max=1: Must have at most 1 character.", Check(new LengthRule(0, 1), "\ude00\ud83d"));
    }

    [Theory]
    [InlineData(0, 1, 3, "too_short min=1 max=3: Must have at least 1 item.")]
    [InlineData(1, 1, 3, "")]
    [InlineData(3, 1, 3, "")]
    [InlineData(4, 0, 3, "too_long max=3: Must have at most 3 items.")]
    [InlineData(1, 2, int.MaxValue, "too_short min=2: Must have at least 2 items.")]
    public void Counts(int count, int min, int max, string expected)
    {
        Assert.Equal(expected, Check(new CountRule<int[], int>(min, max), new int[count]));
        Assert.Equal(expected, Check(new CountRule<HashSet<int>, int>(min, max), Enumerable.Range(0, count).ToHashSet()));
    }

    [Fact]
    public void Ranges()
    {
        Assert.Equal("", Range(1, 1, 5));
        Assert.Equal("", Range(5, 1, 5));
        Assert.Equal("out_of_range min=1 max=5: Must be between 1 and 5.", Range(6, 1, 5));
        Assert.Equal("out_of_range min=1: Must be at least 1.", Range(0, 1, int.MaxValue));
        Assert.Equal("out_of_range max=5: Must be at most 5.", Range(6, int.MinValue, 5));
        Assert.Equal("out_of_range min=0 max=2147483647: Must be between 0 and 2147483647.", Range<long>(-1, 0, int.MaxValue));
        Assert.Equal("out_of_range min=1: Must be at least 1.", Range<long>(-1, 1, long.MaxValue));
        Assert.Equal("out_of_range max=5: Must be at most 5.", Range<byte>(6, 0, 5));
        Assert.Equal("out_of_range min=0.5 max=1.5: Must be between 0.5 and 1.5.", Range(2, 0.5, 1.5));
        Assert.Equal("out_of_range min=0.5: Must be at least 0.5.", Range(double.NaN, 0.5, double.MaxValue));
        Assert.Equal("out_of_range min=0.10 max=2: Must be between 0.10 and 2.", Range(3m, 0.10m, 2m));
        Assert.Equal(
            "out_of_range min=PT30S max=PT1H: Must be between PT30S and PT1H.",
            Range(TimeSpan.Zero, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)));
        Assert.Equal(
            "out_of_range min=2026-01-01 max=2026-12-31: Must be between 2026-01-01 and 2026-12-31.",
            Range(new DateOnly(2025, 1, 1), new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)));
    }

    [Theory]
    [InlineData("abc", "")]
    [InlineData("aBc", "bad_format pattern=[a-z]+: Must match the pattern [a-z]+.")]
    public void Patterns(string value, string expected) => Assert.Equal(expected, Check(new PatternRule("[a-z]+"), value));

    [Fact]
    public void Allowed_values()
    {
        Assert.Equal("", Check(new AllowedRule<string>("a", "b"), "a"));
        Assert.Equal("", Check(new AllowedRule<int>(1, 2), 2));
        Assert.Equal("", Check(new AllowedRule<DayOfWeek>(DayOfWeek.Friday), DayOfWeek.Friday));
        Assert.Equal("not_allowed_value allowed=a, b: Must be one of: a, b.", Check(new AllowedRule<string>("a", "b"), "A"));
        Assert.Equal("not_allowed_value allowed=1, 2: Must be one of: 1, 2.", Check(new AllowedRule<int>(1, 2), 3));
    }

    private static string Range<T>(T value, T min, T max)
        where T : struct, IComparable<T>, IFormattable => Check(new RangeRule<T>(min, max), value);

    private static string Check<T, TRule>(TRule rule, T value)
        where TRule : struct, IMemberRule<T>
    {
        PatchProblemCollector problems = default;
        int entered = problems.Enter();
        rule.Check(ref problems, value);
        if (problems.Leave(entered, "m"))
        {
            return "";
        }

        PatchProblem problem = Assert.Single(problems.ToProblems());
        Assert.Equal("/m", problem.Pointer);
        return $"{problem.Code} {string.Join(' ', problem.Arguments.Select(a => $"{a.Key}={a.Value}"))}: {problem.Message}";
    }
}
