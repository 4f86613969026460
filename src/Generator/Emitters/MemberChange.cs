namespace Layers.PatchGen.Generator.Emitters;

/// <summary>How <c>ApplyTo</c> changes one member of the document.</summary>
/// <param name="Property">The document's property.</param>
/// <param name="Has">Whether the member was sent.</param>
/// <param name="Condition">Whether the value changes.</param>
/// <param name="Changed">The value that it changes to; empty where the condition has changed the document already.</param>
/// <param name="Value">The value afterwards, be it the new one or the old; null where only the condition can tell.</param>
/// <param name="IsGuarded">
/// It does something that a member which was not sent must not cause: it creates a codec, or calls a conversion of the user's.
/// </param>
/// <param name="Unguarded">The condition of which the codec alone is guarded, so that its variables are always assigned.</param>
internal sealed record MemberChange(
    string Property, string Has, string Condition, string Changed, string? Value = null, bool IsGuarded = false, string? Unguarded = null)
{
    public static MemberChange Of(PatchSpec patch, MemberSpec member, string index)
    {
        TargetSpec target = member.Target!;
        string property = CSharp.Identifier(target.Name), has = $"change.Has({index})", codec = CodecCode.ValueOf(patch, member);
        string sent = patch.Value(member), values = $"{sent}, document.{property}", made = "new" + member.Name;
        string type = target.Conversion?.Type.Code ?? "";
        string converted = target.Conversion is { IsOperator: true } ? Convert(member, sent, type) : sent;
        string nested = "change." + target.Nested(), method = $"change.{target.Map?.Merge}";
        string dictionary = CodecCode.Dictionary(target.Map?.Form ?? default, made);
        return member.Codec switch
        {
            MapCodec { IsList: true } => OfList(patch, member, property, has, $"{index}, {patch.List(member)}, {values}", made),
            OpenCodec => new(property, has, $"change.Open({index}, {values}, out var {made})", made),
            PatchCodec => new(property, has, $"{nested}({index}, {values}, out var {made})", made, $"{nested}({index}, {values})"),
            MapCodec when target.Map!.Merge is MapMerge.PatchMap or MapMerge.NullablePatchMap =>
                new(property, has, $"{method}({index}, {values}, out var {made})", dictionary),
            MapCodec => new(
                property, has, $"{method}({index}, {codec}.Item, {values}, out var {made})", dictionary, IsGuarded: true,
                Unguarded: $"{method}({index}, {has} ? {codec}.Item : default, {values}, out var {made})"),
            ArrayCodec or CollectionCodec when target.Conversion is not null =>
                new(property, has, $"change.SetsItems({index}, {codec}, {values})", converted, IsGuarded: true),
            _ when target.Conversion is { IsOperator: true } => new(
                property, has, $"{converted} is var {made} && change.Sets<{type}>({index}, {made}, document.{property})", made,
                $"change.Value<{type}>({index}, {converted}, document.{property})", IsGuarded: true),
            _ when target.Conversion is not null => new(property, has, $"change.Sets<{type}>({index}, {values})", sent),
            EnumCodec or DurationCodec => // Equal by the type's own equality.
                new(property, has, $"change.Sets({index}, {values})", sent, $"change.Value({index}, {values})"),
            _ => new(
                property, has, $"change.Sets({index}, {codec}, {values})", sent, $"change.Value({index}, {codec}, {values})",
                member.Codec is not PlainCodec),
        };
    }

    private static MemberChange OfList(PatchSpec patch, MemberSpec member, string property, string has, string arguments, string made)
    {
        ListTargetSpec list = member.Target!.List!;
        string value = !list.IsMade ? made
            : member.Type.IsNullable ? $"{made} is null ? null : [.. {made}]"
            : $"[.. {made}]";
        return list.Update switch
        {
            ListUpdate.Replace => new(property, has, $"change.Keyed({arguments}, out var {made})", value),
            ListUpdate.InPlace => new(property, has, $"change.KeyedInPlace({arguments}, out var {made})", value),
            _ => new(property, has, $"change.KeyedInPlace({arguments})", ""),
        };
    }

    /// <summary>The condition, which is false immediately where the member was not sent.</summary>
    public string Guarded => IsGuarded ? $"{Has} && {Condition}" : Condition;

    private static string Convert(MemberSpec member, string sent, string type) =>
        member.Type.IsNullable ? $"({sent} is {{ }} sent{member.Name} ? ({type})sent{member.Name} : null)" : $"({type}){sent}";
}
