using System.Text;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Reads bodies and returns a short form of the result.</summary>
internal static class Read
{
    public static T Ok<T>(string json, PatchReadOptions? options = null)
        where T : IPatch<T>
    {
        bool ok = PatchReader.TryRead<T>(
            Encoding.UTF8.GetBytes(json), options ?? PatchReadOptions.Default, out var patch, out PatchProblems problems);
        Assert.Equal("", Describe(problems));
        Assert.True(ok);
        Assert.Equal(PatchVerdict.Ok, problems.Verdict);
        Assert.Empty(problems);
        return patch!;
    }

    public static PatchProblems Problems<T>(string json, PatchReadOptions? options = null)
        where T : IPatch<T> => Problems<T>(Encoding.UTF8.GetBytes(json), options);

    public static PatchProblems Problems<T>(byte[] json, PatchReadOptions? options = null)
        where T : IPatch<T>
    {
        bool ok = PatchReader.TryRead<T>(json, options ?? PatchReadOptions.Default, out _, out PatchProblems problems);
        Assert.False(ok);
        Assert.NotEqual(PatchVerdict.Ok, problems.Verdict);
        Assert.NotEmpty(problems);
        return problems;
    }

    /// <summary>The verdict, then each pointer and code: <c>Invalid /name too_long, /vibe wrong_type</c>.</summary>
    public static string Errors<T>(string json, PatchReadOptions? options = null)
        where T : IPatch<T> => Describe(Problems<T>(json, options));

    /// <inheritdoc cref="Errors{T}(string, PatchReadOptions?)"/>
    public static string Errors<T>(byte[] json, PatchReadOptions? options = null)
        where T : IPatch<T> => Describe(Problems<T>(json, options));

    /// <summary>The message of the only problem.</summary>
    public static string Message<T>(string json, PatchReadOptions? options = null)
        where T : IPatch<T> => Assert.Single(Problems<T>(json, options)).Message;

    /// <summary>The arguments of the only problem: <c>min=1 max=128</c>.</summary>
    public static string Arguments<T>(string json, PatchReadOptions? options = null)
        where T : IPatch<T> => string.Join(' ', Assert.Single(Problems<T>(json, options)).Arguments.Select(a => $"{a.Key}={a.Value}"));

    /// <summary>The JSON of a patch.</summary>
    public static string Written<T>(T patch)
        where T : IPatch<T> => patch.ToJson();

    private static string Describe(PatchProblems problems) => problems.Count == 0
        ? ""
        : $"{problems.Verdict} {string.Join(", ", problems.Select(p => $"{p.Pointer} {p.Code}"))}"
            + (problems.Truncated > 0 ? $" +{problems.Truncated}" : "");
}
