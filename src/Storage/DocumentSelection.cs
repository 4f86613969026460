namespace Layers.PatchGen.Storage;

/// <summary>Which documents of one tenant and collection are meant: those with all the values given.</summary>
/// <param name="Tenant">Whose documents; empty for a single tenant.</param>
/// <param name="Collection">What kind of document.</param>
/// <param name="Id">The id, when it is known; null when it is not.</param>
/// <param name="Equal">Members at the top level of the document, with the values that they must have; empty when the rest decides alone.</param>
public sealed record DocumentSelection(string Tenant, string Collection, string? Id, IReadOnlyList<MemberValue> Equal)
{
    /// <summary>The selection of one document by its key.</summary>
    public static DocumentSelection Of(DocumentKey key) => new(key.Tenant, key.Collection, key.Id, []);

    /// <summary>Whether any document could be meant; false when a part is one that no key has (<see cref="DocumentKey.IsValid"/>).</summary>
    public bool IsValid => new DocumentKey(Tenant, Collection, Id ?? "").IsValid;

    /// <summary>
    /// Whether a document is meant. This defines the selection: an engine may look documents up in a way of its own, and must come to the same ones.
    /// Does not allocate.
    /// </summary>
    public bool Matches(StoredDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        DocumentKey key = document.Key;
        if (key.Tenant != Tenant || key.Collection != Collection || (Id is not null && key.Id != Id))
        {
            return false;
        }

        for (int i = 0; i < Equal.Count; i++)
        {
            if (!DocumentJson.Has(document.Json.Span, Equal[i]))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>
/// A member of a document and the value that it must have: a string, compared ordinally after unescaping, or an integer, written without fraction and exponent
/// (<c>1</c> is meant by 1; <c>1.0</c>, <c>"1"</c> and <c>true</c> are not).
/// </summary>
public readonly record struct MemberValue
{
    /// <summary>A member that must be the string <paramref name="text"/>.</summary>
    public MemberValue(string member, string text)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(text);
        Member = member;
        Text = text;
    }

    /// <summary>A member that must be the integer <paramref name="number"/>.</summary>
    public MemberValue(string member, long number)
    {
        ArgumentNullException.ThrowIfNull(member);
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
