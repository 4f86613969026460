namespace Layers.PatchGen;

/// <summary>Thrown by <c>Read</c> and <c>ReadAsync</c> when a body is not a patch. The message lists every problem.</summary>
#pragma warning disable CA1032 // The standard constructors would make an exception without problems.
public sealed class PatchFormatException : FormatException
#pragma warning restore CA1032
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problems">The problems of the body.</param>
    public PatchFormatException(PatchProblems problems)
        : base(problems?.ToString()) => Problems = problems ?? throw new ArgumentNullException(nameof(problems));

    /// <summary>The problems of the body, in its order.</summary>
    public PatchProblems Problems { get; }
}
