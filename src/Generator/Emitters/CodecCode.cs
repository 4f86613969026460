namespace Layers.PatchGen.Generator.Emitters;

/// <summary>Codecs in C#: the type of one, and the expression that makes it.</summary>
internal static class CodecCode
{
    /// <summary>One that has no state is named where it is used; any other is made once and kept.</summary>
    public static bool IsMadeOnce(CodecSpec codec) => codec is not (PlainCodec or PatchCodec or OpenCodec);

    public static string Type(CodecSpec codec) => "PatchGenJson." + codec switch
    {
        PlainCodec plain => plain.Kind switch
        {
            PlainType.SByte or PlainType.Byte or PlainType.Int16 or PlainType.UInt16 or PlainType.Int32 or PlainType.UInt32 or PlainType.Int64 or PlainType.UInt64 =>
                $"IntegerValue<{plain.Type}>",
            PlainType.Single or PlainType.Double => $"FloatValue<{plain.Type}>",
            _ => $"{plain.Kind}Value",
        },
        EnumCodec => $"EnumValue<{codec.Type}>",
        DurationCodec => "DurationValue",
        ContextCodec => $"ContextValue<{codec.Type}>",
        ArrayCodec array => $"{(array.Duplicates switch { DuplicateItems.Collapsed => "Distinct", DuplicateItems.Rejected => "Unique", _ => "" })}ArrayValue<{array.Item.Type}, {Type(array.Item)}>",
        CollectionCodec collection => $"CollectionValue<{collection.Type}, {collection.Array.Item.Type}, {Type(collection.Array)}>",
        MapCodec map => $"MapValue<{map.Type}, {map.Item.Type}, {Type(map.Item)}>",
        NullableCodec nullable => $"NullableValue<{nullable.Value.Type}, {Type(nullable.Value)}>",
        _ => $"PatchValue<{codec.Type}>",
    };

    public static string Make(CodecSpec codec) => codec switch
    {
        PlainCodec plain => $"PatchGenValues.{plain.Kind}",
        EnumCodec type => $"PatchGenValues.Enum({Join(type.Members, member => $"({CSharpLiteral.Of(member.JsonName)}, {type.Type}.{CSharpLiteral.Identifier(member.Name)})")})",
        DurationCodec { Minimum: null } => "PatchGenValues.Duration()",
        DurationCodec duration => $"PatchGenValues.Duration({CSharpLiteral.Of(duration.Minimum)}, {CSharpLiteral.Of(duration.Maximum)})",
        ContextCodec context => $"PatchGenValues.Context<{context.Type}>({context.Context}.Default)",
        ArrayCodec array => $"new({Make(array.Item)})",
        CollectionCodec collection => $"new({Make(collection.Array)}, static items => {Collection(collection)})",
        MapCodec map => $"new({Make(map.Item)}, takesNull: {CSharpLiteral.Of(map.TakesNull)}, static members => {Dictionary(map.Form, "members")}!)",
        NullableCodec nullable => $"new({Make(nullable.Value)})",
        _ => "default",
    };

    /// <summary>A dictionary of the wanted form, made of one of the framework's ordinary ones.</summary>
    public static string Dictionary(DictionaryForm form, string members) => form == DictionaryForm.Dictionary ? members : $"PatchGenJson.PatchMaps.{form}({members})";

    private static string Collection(CollectionCodec collection) => collection.Form switch
    {
        CollectionForm.Array => "items",
        CollectionForm.Expression => "[.. items]",
        CollectionForm.Constructor => "new(items)",
        _ => $"new global::System.Collections.Generic.HashSet<{collection.Array.Item.Type}>(items)",
    };

    private static string Join<T>(ImmutableEquatableArray<T> items, Func<T, string> code)
        where T : IEquatable<T> => string.Join(", ", System.Linq.Enumerable.Select(items, code));
}
