namespace Layers.PatchGen.Storage;

/// <summary>Which documents of one organisation and collection are meant: those with all the values given.</summary>
/// <param name="Organisation">Whose documents; empty for a single tenant.</param>
/// <param name="Collection">What kind of document.</param>
/// <param name="Id">The id, when it is known; null when it is not.</param>
/// <param name="Equal">Members at the top level of the document, with the values that they must have; empty when the id decides alone.</param>
public sealed record DocumentSelection(string Organisation, string Collection, string? Id, IReadOnlyList<MemberValue> Equal)
{
    /// <summary>The selection of one document by its key.</summary>
    public static DocumentSelection Of(DocumentKey key) => new(key.Organisation, key.Collection, key.Id, []);
}

/// <summary>A member of a document and the value that it must have: a string, compared ordinally, or an integer.</summary>
public readonly record struct MemberValue
{
    /// <summary>A member that must be the string <paramref name="text"/>.</summary>
    public MemberValue(string member, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Member = member;
        Text = text;
    }

    /// <summary>A member that must be the integer <paramref name="number"/>.</summary>
    public MemberValue(string member, long number)
    {
        Member = member;
        Number = number;
    }

    /// <summary>The member's name as in JSON.</summary>
    public string Member { get; }

    /// <summary>The string, or null when the value is an integer.</summary>
    public string? Text { get; }

    /// <summary>The integer, when <see cref="Text"/> is null.</summary>
    public long Number { get; }
}
