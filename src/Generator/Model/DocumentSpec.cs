namespace Layers.PatchGen.Generator.Model;

/// <summary>The document that a patch is applied to.</summary>
/// <param name="Type">Its type: <c>global::Shop.Todo</c>.</param>
/// <param name="Update">How it is changed.</param>
/// <param name="IsValueType">It is a struct.</param>
/// <param name="ChangedAt">The name of the property that takes the time of a change, or null.</param>
/// <param name="ChangedAtValue">The value for it, made from <c>changedAt</c>; empty without one.</param>
internal sealed record DocumentSpec(string Type, DocumentUpdate Update, bool IsValueType, string? ChangedAt, string ChangedAtValue);

internal enum DocumentUpdate
{
    /// <summary>A record: copied by a <c>with</c> expression.</summary>
    With,

    /// <summary>A class with setters: changed in place.</summary>
    InPlace,
}

/// <summary>The document's property that a member is applied to.</summary>
/// <param name="Name">The property's name, unescaped.</param>
/// <param name="Type">Its type without nullability.</param>
/// <param name="IsNullable">It can be null.</param>
/// <param name="IsValueType">It is a struct (or a nullable one).</param>
/// <param name="IsSameType">It has the type of the member, nullability aside.</param>
/// <param name="ConvertsBack">Its values convert to the member's type, if need be by a cast.</param>
/// <param name="Map">Of a dictionary, how it is merged; else null.</param>
internal sealed record TargetSpec(string Name, string Type, bool IsNullable, bool IsValueType, bool IsSameType, bool ConvertsBack, MapTargetSpec? Map);

/// <summary>How the document's dictionary is merged.</summary>
/// <param name="Variant">Which of the merging methods: the end of its name.</param>
/// <param name="TypeArguments">Its type arguments.</param>
/// <param name="UsesItem">It takes the codec of the values.</param>
/// <param name="Make">The method that makes the dictionary of the merged members; empty where none is needed.</param>
internal sealed record MapTargetSpec(string Variant, string TypeArguments, bool UsesItem, string Make);
