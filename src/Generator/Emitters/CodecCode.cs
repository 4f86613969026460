using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The codec of a member, with its rules: the type of one, and the expression that makes it.</summary>
internal static class CodecCode
{
    /// <summary>A codec without state is named where it is used; any other is made once and kept.</summary>
    public static bool IsMadeOnce(MemberSpec member) =>
        member.Checks.Count > 0 || member.Codec is not (PlainCodec or PatchCodec or OpenCodec);

    /// <summary>A nested patch, which is read and merged without a codec.</summary>
    public static bool IsPatch(MemberSpec member) => member.Codec is PatchCodec && member.Checks.Count == 0;

    /// <summary>The codec of a member, where it is used.</summary>
    public static string Of(PatchSpec patch, MemberSpec member) =>
        IsMadeOnce(member) ? $"{patch.Hidden.Codecs}.{CSharp.Identifier(member.Name)}" : Make(member.Codec!).Text;

    /// <summary>The codec of a member without its rules.</summary>
    public static string ValueOf(PatchSpec patch, MemberSpec member) =>
        member.Checks.Count == 0 ? Of(patch, member)
        : member.Codec is PlainCodec ? Make(member.Codec).Text
        : Of(patch, member) + ".Value";

    public static Code Type(MemberSpec member)
    {
        string type = member.Codec!.Type.Name;
        return member.Checks.Count switch
        {
            0 => Type(member.Codec),
            1 => Code.Generic("PatchGenJson.RuledValue", type, Type(member.Codec), RuleType(member, member.Checks[0])),
            _ => Code.Generic("PatchGenJson.RuledValue", type, Type(member.Codec), Code.Generic("PatchGenJson.RuleList", type)),
        };
    }

    public static Code Make(MemberSpec member)
    {
        Code New(CheckSpec check) => Code.Call($"new {RuleType(member, check)}", RuleArguments(member, check));
        return member.Checks.Count switch
        {
            0 => Make(member.Codec!),
            1 => Code.Call("new", Make(member.Codec!), Code.Call("new", RuleArguments(member, member.Checks[0]))),
            _ => Code.Call("new", Make(member.Codec!), Code.Call("new", [.. member.Checks.Select(New)])),
        };
    }

    private static Code RuleType(MemberSpec member, CheckSpec check) => check is RuleCheck rule
        ? Code.Generic($"PatchGenJson.{rule.Rule}Rule", [.. rule.TypeArguments.Select(static t => (Code)t.Name)])
        : Code.Generic("PatchGenJson.AttributeRule", member.Codec!.Type.Name);

    private static Code[] RuleArguments(MemberSpec member, CheckSpec check) => check is AttributeCheck attribute
        ? [CSharp.Of(attribute.Name), CSharp.Of(member.JsonName), ConstantCode.New(attribute)]
        : [.. ((RuleCheck)check).Arguments.Select(static a => (Code)ConstantCode.Of(a))];

    private static Code Type(CodecSpec codec) => codec switch
    {
        PlainCodec { Kind: >= PlainType.SByte and <= PlainType.UInt64 } => Code.Generic("PatchGenJson.IntegerValue", codec.Type.Name),
        PlainCodec { Kind: PlainType.Single or PlainType.Double } => Code.Generic("PatchGenJson.FloatValue", codec.Type.Name),
        PlainCodec { Kind: >= PlainType.Guid and <= PlainType.Bytes } text =>
            Code.Generic("PatchGenJson.TextValue", codec.Type.Name, $"PatchGenJson.{text.Kind}Text"),
        PlainCodec plain => $"PatchGenJson.{plain.Kind}Value",
        EnumCodec => Code.Generic("PatchGenJson.EnumValue", codec.Type.Name),
        DurationCodec => "PatchGenJson.DurationValue",
        ContextCodec => Code.Generic("PatchGenJson.ContextValue", codec.Type.Name),
        ArrayCodec array => Code.Generic(ArrayType(array.Duplicates), array.Item.Type.ToString(), Type(array.Item)),
        CollectionCodec { Array: var array } => Code.Generic("PatchGenJson.CollectionValue", codec.Type.Name, array.Item.Type.ToString(), Type(array)),
        MapCodec map => Code.Generic("PatchGenJson.MapValue", map.Type.Name, map.Item.Type.ToString(), Type(map.Item)),
        NullableCodec nullable => Code.Generic("PatchGenJson.NullableValue", nullable.Value.Type.Name, Type(nullable.Value)),
        _ => Code.Generic("PatchGenJson.PatchValue", codec.Type.Name),
    };

    private static string ArrayType(DuplicateItems duplicates) => duplicates switch
    {
        DuplicateItems.Collapsed => "PatchGenJson.DistinctArrayValue",
        DuplicateItems.Rejected => "PatchGenJson.UniqueArrayValue",
        _ => "PatchGenJson.ArrayValue",
    };

    private static Code Make(CodecSpec codec) => codec switch
    {
        PlainCodec plain => $"PatchGenValues.{plain.Kind}",
        EnumCodec type => Code.Call("new", [.. type.Members.Select(m => Code.Call("", CSharp.Of(m.JsonName), $"{codec.Type}.{CSharp.Identifier(m.Name)}"))]),
        DurationCodec { Minimum: null } => "PatchGenValues.Duration()",
        DurationCodec range => Code.Call("PatchGenValues.Duration", CSharp.Of(range.Minimum), CSharp.Of(range.Maximum)),
        ContextCodec context => Code.Call($"PatchGenValues.Context<{context.Type}>", $"{context.Context}.Default"),
        ArrayCodec array => Code.Call("new", Make(array.Item)),
        CollectionCodec collection => Code.Call("new", Make(collection.Array), $"static items => {Collection(collection)}"),
        MapCodec map => Code.Call(
            "new", Make(map.Item), $"takesNull: {CSharp.Of(map.TakesNull)}", $"static members => {Dictionary(map.Form, "members")}"),
        NullableCodec nullable => Code.Call("new", Make(nullable.Value)),
        _ => "default",
    };

    /// <summary>A dictionary of a form, made of an ordinary one.</summary>
    public static string Dictionary(DictionaryForm form, string members) =>
        form == DictionaryForm.Dictionary ? members : $"PatchGenJson.PatchMaps.{form}({members})";

    private static string Collection(CollectionCodec collection) => collection.Form switch
    {
        CollectionForm.Array => "items",
        CollectionForm.Expression => "[.. items]",
        CollectionForm.Constructor => "new(items)",
        _ => $"new global::System.Collections.Generic.HashSet<{collection.Array.Item.Type}>(items)",
    };
}
