namespace Layers.PatchGen.Benchmarks.Models;

/// <summary>A document of 70 members.</summary>
public sealed record Seventy
{
    public int Number0 { get; init; }

    public string? Text1 { get; init; }

    public bool Flag2 { get; init; }

    public int Number3 { get; init; }

    public string? Text4 { get; init; }

    public bool Flag5 { get; init; }

    public int Number6 { get; init; }

    public string? Text7 { get; init; }

    public bool Flag8 { get; init; }

    public int Number9 { get; init; }

    public string? Text10 { get; init; }

    public bool Flag11 { get; init; }

    public int Number12 { get; init; }

    public string? Text13 { get; init; }

    public bool Flag14 { get; init; }

    public int Number15 { get; init; }

    public string? Text16 { get; init; }

    public bool Flag17 { get; init; }

    public int Number18 { get; init; }

    public string? Text19 { get; init; }

    public bool Flag20 { get; init; }

    public int Number21 { get; init; }

    public string? Text22 { get; init; }

    public bool Flag23 { get; init; }

    public int Number24 { get; init; }

    public string? Text25 { get; init; }

    public bool Flag26 { get; init; }

    public int Number27 { get; init; }

    public string? Text28 { get; init; }

    public bool Flag29 { get; init; }

    public int Number30 { get; init; }

    public string? Text31 { get; init; }

    public bool Flag32 { get; init; }

    public int Number33 { get; init; }

    public string? Text34 { get; init; }

    public bool Flag35 { get; init; }

    public int Number36 { get; init; }

    public string? Text37 { get; init; }

    public bool Flag38 { get; init; }

    public int Number39 { get; init; }

    public string? Text40 { get; init; }

    public bool Flag41 { get; init; }

    public int Number42 { get; init; }

    public string? Text43 { get; init; }

    public bool Flag44 { get; init; }

    public int Number45 { get; init; }

    public string? Text46 { get; init; }

    public bool Flag47 { get; init; }

    public int Number48 { get; init; }

    public string? Text49 { get; init; }

    public bool Flag50 { get; init; }

    public int Number51 { get; init; }

    public string? Text52 { get; init; }

    public bool Flag53 { get; init; }

    public int Number54 { get; init; }

    public string? Text55 { get; init; }

    public bool Flag56 { get; init; }

    public int Number57 { get; init; }

    public string? Text58 { get; init; }

    public bool Flag59 { get; init; }

    public int Number60 { get; init; }

    public string? Text61 { get; init; }

    public bool Flag62 { get; init; }

    public int Number63 { get; init; }

    public string? Text64 { get; init; }

    public bool Flag65 { get; init; }

    public int Number66 { get; init; }

    public string? Text67 { get; init; }

    public bool Flag68 { get; init; }

    public int Number69 { get; init; }
}

/// <summary>A patch of 70 members: more than a word has bits.</summary>
[Patch<Seventy>]
public sealed partial record SeventyPatch
{
    public partial int Number0 { get; init; }

    public partial string? Text1 { get; init; }

    public partial bool Flag2 { get; init; }

    public partial int Number3 { get; init; }

    public partial string? Text4 { get; init; }

    public partial bool Flag5 { get; init; }

    public partial int Number6 { get; init; }

    public partial string? Text7 { get; init; }

    public partial bool Flag8 { get; init; }

    public partial int Number9 { get; init; }

    public partial string? Text10 { get; init; }

    public partial bool Flag11 { get; init; }

    public partial int Number12 { get; init; }

    public partial string? Text13 { get; init; }

    public partial bool Flag14 { get; init; }

    public partial int Number15 { get; init; }

    public partial string? Text16 { get; init; }

    public partial bool Flag17 { get; init; }

    public partial int Number18 { get; init; }

    public partial string? Text19 { get; init; }

    public partial bool Flag20 { get; init; }

    public partial int Number21 { get; init; }

    public partial string? Text22 { get; init; }

    public partial bool Flag23 { get; init; }

    public partial int Number24 { get; init; }

    public partial string? Text25 { get; init; }

    public partial bool Flag26 { get; init; }

    public partial int Number27 { get; init; }

    public partial string? Text28 { get; init; }

    public partial bool Flag29 { get; init; }

    public partial int Number30 { get; init; }

    public partial string? Text31 { get; init; }

    public partial bool Flag32 { get; init; }

    public partial int Number33 { get; init; }

    public partial string? Text34 { get; init; }

    public partial bool Flag35 { get; init; }

    public partial int Number36 { get; init; }

    public partial string? Text37 { get; init; }

    public partial bool Flag38 { get; init; }

    public partial int Number39 { get; init; }

    public partial string? Text40 { get; init; }

    public partial bool Flag41 { get; init; }

    public partial int Number42 { get; init; }

    public partial string? Text43 { get; init; }

    public partial bool Flag44 { get; init; }

    public partial int Number45 { get; init; }

    public partial string? Text46 { get; init; }

    public partial bool Flag47 { get; init; }

    public partial int Number48 { get; init; }

    public partial string? Text49 { get; init; }

    public partial bool Flag50 { get; init; }

    public partial int Number51 { get; init; }

    public partial string? Text52 { get; init; }

    public partial bool Flag53 { get; init; }

    public partial int Number54 { get; init; }

    public partial string? Text55 { get; init; }

    public partial bool Flag56 { get; init; }

    public partial int Number57 { get; init; }

    public partial string? Text58 { get; init; }

    public partial bool Flag59 { get; init; }

    public partial int Number60 { get; init; }

    public partial string? Text61 { get; init; }

    public partial bool Flag62 { get; init; }

    public partial int Number63 { get; init; }

    public partial string? Text64 { get; init; }

    public partial bool Flag65 { get; init; }

    public partial int Number66 { get; init; }

    public partial string? Text67 { get; init; }

    public partial bool Flag68 { get; init; }

    public partial int Number69 { get; init; }
}
