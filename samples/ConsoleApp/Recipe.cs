using System.ComponentModel.DataAnnotations;
using Layers.PatchGen;

/// <summary>The document: an ordinary record.</summary>
internal sealed record Recipe(string Title, int Servings, string? Note, string[] Steps, Oven? Oven = null);

internal sealed record Oven
{
    public int Celsius { get; init; } = 180;

    public TimeSpan Time { get; init; }
}

/// <summary>The members of a recipe that a patch may change. All others are errors.</summary>
[Patch<Recipe>(RequireAny = true)]
internal sealed partial record RecipePatch
{
    [StringLength(60, MinimumLength = 1)]
    public partial string Title { get; init; }

    [Range(1, 12)]
    public partial int Servings { get; init; }

    public partial string? Note { get; init; }

    public partial string[] Steps { get; init; }

    public partial OvenPatch? Oven { get; init; }
}

[Patch<Oven>]
internal sealed partial record OvenPatch
{
    [Range(50, 300)]
    public partial int Celsius { get; init; }

    [IsoDuration("PT1M", "PT12H")]
    public partial TimeSpan Time { get; init; }
}
