using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>One member of a document, as its contract writes it.</summary>
/// <param name="property">The property in the contract.</param>
internal sealed class DocumentMember(JsonPropertyInfo property)
{
    private volatile Absence _absence;

    /// <summary>What stands before the value: <c>"name":</c>.</summary>
    public byte[] Name { get; } = Encoding.UTF8.GetBytes($"\"{property.Name}\":");

    /// <summary>The member of the patch that changes it; null for none.</summary>
    public MemberRow? Row { get; init; }

    /// <summary>Whether it is left out when it is null.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether it takes the time of a change.</summary>
    public bool IsTime { get; init; }

    /// <summary>Whether its value can be null.</summary>
    public bool CanBeNull { get; init; }

    /// <summary>How a value that is sent is written; null for a nested document.</summary>
    public JsonTypeInfo? Type { get; set; }

    /// <summary>Whether values that are written with the same bytes are equal, so that they need not be read to be compared.</summary>
    public bool IsExact { get; set; }

    /// <summary>Whether it is a string of the library's own converter.</summary>
    public bool IsText => IsExact && Type!.Type == typeof(string);

    /// <summary>The nested document, if a nested patch changes it.</summary>
    public DocumentLayout? Nested { get; set; }

    /// <summary>Whether its value is always there and kept as a whole unless it is sent.</summary>
    public bool IsPlain => !IsOptional && !IsTime && Nested is null;

    /// <summary>Whether it is known what the property holds where the member is absent.</summary>
    public bool KnowsAbsence => _absence != Absence.Unknown;

    /// <summary>Whether the property is null where the member is absent. An initializer can set another value.</summary>
    public bool IsNullIfAbsent => _absence == Absence.Null && !property.IsRequired;

    /// <summary>Learns what the property holds from a document that does not have the member.</summary>
    public void LearnAbsence(object document) => _absence = property.Get!(document) is null ? Absence.Null : Absence.Initialized;

    private enum Absence
    {
        Unknown,
        Null,
        Initialized,
    }
}
