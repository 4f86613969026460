using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Layers.PatchGen.Json;

/// <summary>Makes the regular expressions of constraints.</summary>
internal static class PatchPattern
{
    /// <summary>How long a pattern that can backtrack may take on one value before the value is rejected: 100 ms.</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A pattern that must match the whole value, in time linear in its length. Patterns with lookarounds or backreferences backtrack and
    /// run under <see cref="MatchTimeout"/>.
    /// </summary>
    public static Regex Create([StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        string whole = $@"\A(?:{pattern})\z";
        try
        {
            return new Regex(whole, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(whole, RegexOptions.CultureInvariant, MatchTimeout);
        }
    }
}
