namespace Layers.PatchGen.Storage;

/// <summary>Selects the documents of one tenant and collection that have all the given values.</summary>
/// <param name="Tenant">The tenant; empty if there is only one.</param>
/// <param name="Collection">The kind of document.</param>
/// <param name="Id">The id, or null for any id.</param>
/// <param name="Equal">Top-level members and the values that they must have; may be empty.</param>
public sealed record DocumentSelection(string Tenant, string Collection, string? Id, IReadOnlyList<MemberValue> Equal)
{
    /// <summary>The selection of one document by its key.</summary>
    public static DocumentSelection Of(DocumentKey key) => new(key.Tenant, key.Collection, key.Id, []);

    /// <summary>Whether any document can match; false if a part is invalid in a key (<see cref="DocumentKey.IsValid"/>).</summary>
    public bool IsValid => new DocumentKey(Tenant, Collection, Id ?? "").IsValid;

    /// <summary>
    /// Whether a document matches. This defines the selection: however an engine looks documents up, it must find the same ones. Does not
    /// allocate.
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
/// A member of a document and the value that it must have: a string, compared ordinally after unescaping, or an integer, written without
/// fraction and exponent (1 matches <c>1</c>, but not <c>1.0</c>, <c>"1"</c> or <c>true</c>).
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

    /// <summary>The name of the member in JSON.</summary>
    public string Member { get; }

    /// <summary>The string, or null when the value is an integer.</summary>
    public string? Text { get; }

    /// <summary>The integer, when <see cref="Text"/> is null.</summary>
    public long Number { get; }
}
