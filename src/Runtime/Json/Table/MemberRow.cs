using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>One member of a patch: all that the library knows of it, but for how it is read and applied, which is generated.</summary>
/// <remarks>A state that does not have the member holds the default of its type there: rows rely on it, and keep to it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MemberRow
{
    private readonly JsonEncodedText _encodedName;
    private readonly bool _isEncoded;

    private protected MemberRow(MemberInfo info)
    {
        Info = info;
        DocumentProperty = info.PropertyName;

        // A name that any encoder leaves alone is encoded once.
        _isEncoded = info.Name.All(char.IsAsciiLetterOrDigit);
        _encodedName = _isEncoded ? JsonEncodedText.Encode(info.Name) : default;
    }

    internal MemberInfo Info { get; }

    /// <summary>The name of the document's property in C#.</summary>
    internal string DocumentProperty { get; set; }

    /// <summary>The property of the document's items that has their key; null where the document has no list, or another kind.</summary>
    internal string? KeyProperty { get; private set; }

    /// <summary>Whether a key that the document's list does not have creates an item.</summary>
    internal bool CreatesItems { get; private set; }

    /// <summary>The patch in the value, or in each value of a dictionary; null for other values.</summary>
    internal virtual INestedPatch? Nested => null;

    /// <summary>Whether it has all members that are not modelled.</summary>
    internal virtual bool IsOpen => false;

    /// <summary>Whether a value may be an object that replaces the current one as a whole.</summary>
    internal virtual bool KeepsObjects => false;

    internal void SetKey(string property, bool createsItems) => (KeyProperty, CreatesItems) = (property, createsItems);

    /// <summary>Whether two states that both have the member have equal values.</summary>
    internal abstract bool AreEqual(StateRef left, StateRef right);

    /// <summary>A hash that equal values share.</summary>
    internal abstract int Hash(StateRef state);

    internal abstract void Print(ref PatchPrinter printer, StateRef state);

    internal abstract void Write(Utf8JsonWriter writer, StateRef state);

    internal abstract void Validate(ref PatchProblemCollector problems, StateRef state);

    internal abstract void Describe(PatchSchemaWriter schema);

    /// <summary>Makes the member absent.</summary>
    internal abstract void Clear(StateRef state);

    /// <summary>Takes the value of a state that is applied later.</summary>
    /// <param name="state">Takes the value.</param>
    /// <param name="later">Has the member.</param>
    /// <param name="isPresent">Whether <paramref name="state"/> has the member too.</param>
    internal abstract void Merge(StateRef state, StateRef later, bool isPresent);

    /// <summary>The contract of the member's values in a document; null where documents have other values.</summary>
    /// <param name="documentType">The contract of the document's property.</param>
    internal virtual JsonTypeInfo? TypeIn(JsonTypeInfo documentType) => null;

    /// <summary>Applies the member to the JSON of a document.</summary>
    /// <param name="document">The document, at the member or where it would be.</param>
    /// <param name="member">The member of the document.</param>
    /// <param name="state">Has the member.</param>
    internal abstract void Splice(ref DocumentSplicer document, DocumentMember member, scoped StateRef state);

    private protected void WriteName(Utf8JsonWriter writer)
    {
        if (_isEncoded)
        {
            writer.WritePropertyName(_encodedName);
        }
        else
        {
            writer.WritePropertyName(Info.Name);
        }
    }
}

/// <summary>What is known of a member beside its value.</summary>
/// <param name="Index">Its place among the members.</param>
/// <param name="Name">The name in JSON.</param>
/// <param name="PropertyName">The name of the property in C#.</param>
/// <param name="IsNullable">Null may be sent.</param>
/// <param name="FencedUntil">What the fence of the member waits for; null where it has none.</param>
/// <param name="WriteScope">The scope that a caller needs to write the member; null for none.</param>
/// <param name="IsSelector">The member chooses the document, and does not change it.</param>
internal sealed record MemberInfo(
    int Index, string Name, string PropertyName, bool IsNullable, string? FencedUntil, string? WriteScope, bool IsSelector)
{
    /// <summary>The member as users see it.</summary>
    public PatchMember Member { get; init; } =
        new(Name, PropertyName, "/" + Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
}

/// <summary>A member whose values are of one type.</summary>
/// <typeparam name="T">The type of the field, which is nullable where the member is.</typeparam>
internal abstract class MemberRow<T>(MemberInfo info, StateField<T> field) : MemberRow(info)
{
    protected StateField<T> Field { get; } = field;

    /// <summary>Whether two values are equal, or both null.</summary>
    internal abstract bool AreEqual(T left, T right);

    internal override void Print(ref PatchPrinter printer, StateRef state) => printer.Add(Info.PropertyName, state.Field(Field));

    internal override void Clear(StateRef state) => state.Field(Field) = default!;
}
