namespace Layers.PatchGen.Generator.Emitters;

/// <summary>How <c>ApplyTo</c> changes one member of the document.</summary>
/// <param name="Property">The document's property.</param>
/// <param name="Has">Whether the member was sent.</param>
/// <param name="Condition">Whether the value changes.</param>
/// <param name="Changed">The value that it changes to.</param>
/// <param name="Value">The value afterwards, be it the new one or the old; null where only the condition can tell.</param>
/// <param name="NeedsCodec">The codec is created on first use, which a member that was not sent must not cause.</param>
/// <param name="Unguarded">The condition of which the codec alone is guarded, so that its variables are always assigned.</param>
internal sealed record MemberChange(
    string Property, string Has, string Condition, string Changed, string? Value = null, bool NeedsCodec = false, string? Unguarded = null)
{
    public static MemberChange Of(PatchSpec patch, MemberSpec member, string index)
    {
        TargetSpec target = member.Target!;
        string property = CSharp.Identifier(target.Name), has = $"change.Has({index})", codec = CodecCode.ValueOf(patch, member);
        string sent = patch.Field(member), values = $"{sent}, document.{property}", made = "new" + member.Name;
        string method = $"change.{target.Map?.Merge}", dictionary = CodecCode.Dictionary(target.Map?.Form ?? default, made);
        return member.Codec switch
        {
            OpenCodec => new(property, has, $"change.Open({index}, {values}, out var {made})", made),
            PatchCodec => new(property, has, $"change.Patch({index}, {values}, out var {made})", made, $"change.Patch({index}, {values})"),
            MapCodec when target.Map!.Merge is MapMerge.PatchMap or MapMerge.NullablePatchMap =>
                new(property, has, $"{method}({index}, {values}, out var {made})", dictionary),
            MapCodec => new(
                property, has, $"{method}({index}, {codec}.Item, {values}, out var {made})", dictionary, NeedsCodec: true,
                Unguarded: $"{method}({index}, {has} ? {codec}.Item : default, {values}, out var {made})"),
            ArrayCodec or CollectionCodec when !target.IsSameType =>
                new(property, has, $"change.SetsItems({index}, {codec}, {values})", sent, NeedsCodec: true),
            _ when !target.IsSameType => new(property, has, $"change.Sets({index}, {values})", sent),
            EnumCodec or DurationCodec => // Equal by the type's own equality.
                new(property, has, $"change.Sets({index}, {values})", sent, $"change.Value({index}, {values})"),
            _ => new(
                property, has, $"change.Sets({index}, {codec}, {values})", sent, $"change.Value({index}, {codec}, {values})",
                member.Codec is not PlainCodec),
        };
    }

    /// <summary>The condition, which is false without a look at the codec where the member was not sent.</summary>
    public string Guarded => NeedsCodec ? $"{Has} && {Condition}" : Condition;
}
