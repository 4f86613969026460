using System.Linq;

namespace Layers.PatchGen.Generator.Emitters;

/// <summary>The codec of a member, with its rules: its type, and the expression that creates it.</summary>
internal static class CodecCode
{
    /// <summary>A codec without state is named where it is used; any other is created once and kept.</summary>
    public static bool IsMadeOnce(MemberSpec member) =>
        member.Checks.Count > 0 || member.Codec is not (PlainCodec or PatchCodec or OpenCodec);

    /// <summary>A nested patch, which is read and merged without a codec.</summary>
    public static bool IsPatch(MemberSpec member) => member.Codec is PatchCodec && member.Checks.Count == 0;

    /// <summary>The codec of a member, where it is used.</summary>
    public static string Of(PatchSpec patch, MemberSpec member) =>
        IsMadeOnce(member) ? $"{patch.Hidden.Codecs}.{member.Name()}" : Make(member.Codec!);

    /// <summary>The codec of a member without its rules.</summary>
    public static string ValueOf(PatchSpec patch, MemberSpec member) =>
        member.Checks.Count == 0 ? Of(patch, member)
        : member.Codec is PlainCodec ? Make(member.Codec)
        : Of(patch, member) + ".Value";

    public static string Type(MemberSpec member)
    {
        string type = member.Codec!.Type.Name, codec = Type(member.Codec);
        return member.Checks.Count switch
        {
            0 => codec,
            1 => $"PatchGenJson.RuledValue<{type}, {codec}, {RuleType(member, member.Checks[0])}>",
            _ => $"PatchGenJson.RuledValue<{type}, {codec}, PatchGenJson.RuleList<{type}>>",
        };
    }

    public static string Make(MemberSpec member) => member.Checks.Count switch
    {
        0 => Make(member.Codec!),
        1 => $"new({Make(member.Codec!)}, new({RuleArguments(member, member.Checks[0])}))",
        _ => $"new({Make(member.Codec!)}, new({string.Join(", ", member.Checks.Select(check => NewRule(member, check)))}))",
    };

    private static string NewRule(MemberSpec member, CheckSpec check) => $"new {RuleType(member, check)}({RuleArguments(member, check)})";

    private static string RuleType(MemberSpec member, CheckSpec check)
    {
        string value = member.Codec!.Type.Name;
        if (check is not RuleCheck rule)
        {
            return $"PatchGenJson.AttributeRule<{value}>";
        }

        string types = string.Join(", ", rule.TypeArguments.Select(static t => t.Code));
        string type = $"PatchGenJson.{rule.Rule}Rule{(types.Length > 0 ? $"<{types}>" : "")}";
        return rule.Message is null ? type : $"PatchGenJson.MessageRule<{value}, {type}>";
    }

    private static string RuleArguments(MemberSpec member, CheckSpec check)
    {
        switch (check)
        {
            case AttributeCheck attribute:
                string name = attribute.DisplayName is { } text ? ", " + ConstantCode.Get(text) : "";
                string create = $"static () => {ConstantCode.New(attribute.Attribute)}";
                return $"{CSharp.Of(attribute.Name)}, {CSharp.Of(member.JsonName)}, {create}{name}";
            case RuleCheck { Message: { } message } rule:
                string rest = message.Arguments.Count > 0 ? ", " + ConstantCode.List(message.Arguments) : "";
                string created = $"new({ConstantCode.Get(message.Format)}, {ConstantCode.Get(message.Name)}{rest})";
                return $"new({ConstantCode.List(rule.Arguments)}), {created}";
            default:
                return ConstantCode.List(((RuleCheck)check).Arguments);
        }
    }

    private static string Type(CodecSpec codec) => codec switch
    {
        PlainCodec { Kind: >= PlainType.SByte and <= PlainType.UInt64 } => $"PatchGenJson.IntegerValue<{codec.Type.Name}>",
        PlainCodec { Kind: PlainType.Single or PlainType.Double } => $"PatchGenJson.FloatValue<{codec.Type.Name}>",
        PlainCodec { Kind: >= PlainType.Guid and <= PlainType.Bytes } text =>
            $"PatchGenJson.TextValue<{codec.Type.Name}, PatchGenJson.{text.Kind}Text>",
        PlainCodec plain => $"PatchGenJson.{plain.Kind}Value",
        EnumCodec => $"PatchGenJson.EnumValue<{codec.Type.Name}>",
        DurationCodec => "PatchGenJson.DurationValue",
        EnumNumberCodec numbers => $"PatchGenJson.EnumNumberValue<{codec.Type.Name}, {numbers.Number.Name}>",
        ContextCodec or ConverterCodec => $"PatchGenJson.ContextValue<{codec.Type.Name}>",
        ArrayCodec array => $"PatchGenJson.{array.Kind}Value<{array.Item.Type.Code}, {Type(array.Item)}>",
        CollectionCodec { Array: var array } => $"PatchGenJson.CollectionValue<{codec.Type.Name}, {array.Item.Type.Code}, {Type(array)}>",
        MapCodec map => $"PatchGenJson.MapValue<{map.Type.Name}, {map.Key.Name}, {map.Item.Type.Code}, {Type(map.Item)}>",
        NullableCodec nullable => $"PatchGenJson.NullableValue<{nullable.Value.Type.Name}, {Type(nullable.Value)}>",
        _ => $"PatchGenJson.PatchValue<{codec.Type.Name}>",
    };

    private static string Make(CodecSpec codec) => codec switch
    {
        PlainCodec plain => $"PatchGenValues.{plain.Kind}",
        EnumCodec type =>
            $"new({string.Join(", ", type.Members.Select(m => $"({CSharp.Of(m.JsonName)}, {EnumMember(type, m.Name)})"))})",
        DurationCodec { Minimum: null } => "PatchGenValues.Duration()",
        DurationCodec range => $"PatchGenValues.Duration({CSharp.Of(range.Minimum)}, {CSharp.Of(range.Maximum)})",
        EnumNumberCodec type =>
            $"new(isFlags: {CSharp.Of(type.IsFlags)}, {string.Join(", ", type.Names.Select(name => EnumMember(type, name)))})",
        ContextCodec context => $"PatchGenValues.Context<{context.Type.Name}>({context.Context.Code()})",
        ConverterCodec converter =>
            $"PatchGenValues.Converter<{converter.Type.Name}>({Attribute(converter)}, {converter.Context?.Code() ?? "null"})",
        ArrayCodec array => $"new({Make(array.Item)})",
        CollectionCodec collection => $"new({Make(collection.Array)}, static items => {Collection(collection)})",
        MapCodec map =>
            $"new({Make(map.Item)}, takesNull: {CSharp.Of(map.TakesNull)}, static members => {Dictionary(map.Form, "members")}"
            + (map.IsList ? ", isList: true)" : ")"),
        NullableCodec nullable => $"new({Make(nullable.Value)})",
        _ => "default",
    };

    private static string EnumMember(CodecSpec type, string name) => $"{type.Type.Name}.{CSharp.Identifier(name)}";

    private static string Attribute(ConverterCodec converter) => converter.Attribute is { } found ? ConstantCode.New(found) : "null";

    /// <summary>A dictionary of a form, made of an ordinary one.</summary>
    public static string Dictionary(DictionaryForm form, string members) =>
        form == DictionaryForm.Dictionary ? members : $"PatchGenJson.PatchMaps.{form}({members})";

    private static string Collection(CollectionCodec collection) => collection.Form switch
    {
        CollectionForm.Array => "items",
        CollectionForm.Expression => "[.. items]",
        CollectionForm.Constructor => "new(items)",
        _ => $"new global::System.Collections.Generic.HashSet<{collection.Array.Item.Type.Code}>(items)",
    };
}
