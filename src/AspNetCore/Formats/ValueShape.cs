using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>How a value of a document is written in a plain body: as a whole, by keys, by items or by members.</summary>
internal abstract class ValueShape;

/// <summary>A value that is replaced as a whole.</summary>
/// <param name="isClosed">Whether responses hide a part of it. Written back, it would lose that part.</param>
internal sealed class WholeShape(bool isClosed) : ValueShape
{
    public static WholeShape Shown { get; } = new(isClosed: false);

    public static WholeShape Closed { get; } = new(isClosed: true);

    public bool IsClosed => isClosed;
}

/// <summary>A dictionary: each key is written by itself, and null removes one.</summary>
/// <param name="values">The values.</param>
internal sealed class MapShape(ValueShape values) : ValueShape
{
    public ValueShape Values => values;
}

/// <summary>An object that a patch describes.</summary>
internal sealed class PatchShape : ValueShape
{
    private readonly Dictionary<string, MemberShape> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemberShape> _byDocumentName = new(StringComparer.Ordinal);

    private PatchShape()
    {
    }

    /// <summary>Whether other members may be written too.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether a member is a list that is patched by key.</summary>
    public bool HasLists { get; private set; }

    /// <summary>Matches the members of a patch with those of the document.</summary>
    /// <param name="table">The members of the patch.</param>
    /// <param name="document">
    /// The serializer contract of the document; null for one whose members have the names of the patch, and are all shown.
    /// </param>
    public static PatchShape Create(MemberTable table, JsonTypeInfo? document) => Create(table, document, []);

    /// <summary>Finds a member by its name in a body.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out MemberShape? member) => _byName.TryGetValue(name, out member);

    /// <summary>Finds a member by its name in the document.</summary>
    public bool TryFindInDocument(string name, [NotNullWhen(true)] out MemberShape? member) =>
        _byDocumentName.TryGetValue(name, out member);

    // Patches may contain themselves.
    private static PatchShape Create(
        MemberTable table, JsonTypeInfo? document, Dictionary<(MemberTable Table, Type? Document), PatchShape> made)
    {
        if (made.TryGetValue((table, document?.Type), out PatchShape? known))
        {
            return known;
        }

        var shape = new PatchShape();
        made.Add((table, document?.Type), shape);
        for (int i = 0; i < table.Count; i++)
        {
            shape.Add(table[i], document, made);
        }

        return shape;
    }

    private void Add(MemberRow row, JsonTypeInfo? document, Dictionary<(MemberTable Table, Type? Document), PatchShape> made)
    {
        if (row.IsOpen)
        {
            IsOpen = true;
            return;
        }

        JsonPropertyInfo? property = document?.Kind != JsonTypeInfoKind.Object ? null
            : HiddenMembersBuilder.MembersOf(document).FirstOrDefault(one => IsTarget(one, row));
        bool isShown = document?.Kind != JsonTypeInfoKind.Object || (property is not null && !HiddenMembersBuilder.IsHidden(property));
        JsonTypeInfo? value = property is null || property.CustomConverter is not null ? null
            : HiddenMembersBuilder.ContractOf(property.PropertyType, document!.Options);
        var member = new MemberShape(
            row.Info.Name, property?.Name ?? row.Info.Name, ShapeOf(row, value, made), isShown, row.Info.IsSelector);
        HasLists |= member.Value is ListShape;
        _byName.Add(member.Name, member);
        _byDocumentName.TryAdd(member.DocumentName, member);
    }

    private static bool IsTarget(JsonPropertyInfo property, MemberRow row) =>
        property.AttributeProvider is System.Reflection.MemberInfo declared
            ? declared.Name == row.DocumentProperty
            : property.Name == row.Info.Name;

    private static ValueShape ShapeOf(
        MemberRow row, JsonTypeInfo? document, Dictionary<(MemberTable Table, Type? Document), PatchShape> made)
    {
        const string Keys = ".*";
        INestedPatch? nested = row.Nested;
        string path = nested?.Path ?? "";
        JsonTypeInfo? value = document;
        for (int level = 0; level < path.Length / Keys.Length; level++)
        {
            value = value?.ElementType is { } element ? HiddenMembersBuilder.ContractOf(element, value.Options) : null;
        }

        ValueShape shape = nested?.Table is { } table ? Create(table, value, made)
            : value is not null && HiddenMembersBuilder.Build(value) is not null ? WholeShape.Closed
            : WholeShape.Shown;
        if (row.KeyProperty is not null)
        {
            return ListShape.Create(row, (PatchShape)shape, value) ?? (ValueShape)WholeShape.Closed;
        }

        for (int level = 0; level < path.Length / Keys.Length; level++)
        {
            shape = new MapShape(shape);
        }

        return shape;
    }
}

/// <summary>A member of an object that a patch describes.</summary>
/// <param name="Name">Its name in a body.</param>
/// <param name="DocumentName">Its name in the document.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsShown">Whether responses show it.</param>
/// <param name="IsSelector">Whether it chooses the document, and does not change it.</param>
internal sealed record MemberShape(string Name, string DocumentName, ValueShape Value, bool IsShown, bool IsSelector);
