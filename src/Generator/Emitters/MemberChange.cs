namespace Layers.PatchGen.Generator.Emitters;

/// <summary>How one member of the document changes.</summary>
/// <param name="property">The document's property.</param>
/// <param name="local">The end of the names of locals.</param>
/// <param name="has">Whether the member was sent.</param>
internal sealed class MemberChange(string property, string local, string has)
{
    private string Old => "document." + property;

    /// <summary>The value that the document has afterwards, be it the new one or the old; null where only a condition can tell.</summary>
    private Code? Value { get; init; }

    /// <summary>Whether the value changes.</summary>
    private Code? Condition { get; init; }

    /// <summary>The value that it changes to.</summary>
    private string Changed { get; init; } = "new" + local;

    /// <summary>The codec is made on first use, which a member that was not sent must not cause.</summary>
    private bool NeedsCodec { get; init; }

    /// <summary>The condition, if it can stand without a guard before it.</summary>
    private Code? Unguarded { get; init; }

    public static MemberChange Of(PatchSpec patch, MemberSpec member, int index)
    {
        TargetSpec target = member.Target!;
        string property = CSharp.Identifier(target.Name), at = $"{index}", has = $"change.Has({at})";
        string sent = patch.Field(member), old = "document." + property, codec = CodecCode.ValueOf(patch, member);
        string made = "new" + member.Name, result = "out var " + made;
        switch (member.Codec)
        {
            case OpenCodec:
                return new(property, member.Name, has) { Condition = Code.Call("change.Open", at, sent, old, result) };
            case PatchCodec:
                return new(property, member.Name, has)
                {
                    Value = Code.Call("change.Patch", at, sent, old),
                    Condition = Code.Call("change.Patch", at, sent, old, result),
                };
            case MapCodec:
                string method = "change." + target.Map!.Merge.MethodName(), dictionary = CodecCode.Dictionary(target.Map.Form, made);
                return target.Map.Merge is MapMerge.Patches or MapMerge.NullablePatches
                    ? new(property, member.Name, has) { Condition = Code.Call(method, at, sent, old, result), Changed = dictionary }
                    : new(property, member.Name, has)
                    {
                        Condition = Code.Call(method, at, codec + ".Item", sent, old, result),
                        Unguarded = Code.Call(method, at, $"{has} ? {codec}.Item : default", sent, old, result),
                        Changed = dictionary,
                        NeedsCodec = true,
                    };
            case ArrayCodec or CollectionCodec when !target.IsSameType:
                Code sets = Code.Call("change.SetsItems", at, codec, sent, old);
                return new(property, member.Name, has) { Condition = sets, Changed = sent, NeedsCodec = true };
            case var _ when !target.IsSameType:
                return new(property, member.Name, has) { Condition = Code.Call("change.Sets", at, sent, old), Changed = sent };
            case EnumCodec or DurationCodec: // Equal by the type's own equality.
                return new(property, member.Name, has)
                {
                    Value = Code.Call("change.Value", at, sent, old),
                    Condition = Code.Call("change.Sets", at, sent, old),
                    Changed = sent,
                };
            default:
                return new(property, member.Name, has)
                {
                    Value = Code.Call("change.Value", at, codec, sent, old),
                    Condition = Code.Call("change.Sets", at, codec, sent, old),
                    Changed = sent,
                    NeedsCodec = member.Codec is not PlainCodec,
                };
        }
    }

    /// <summary>A statement that works out the value for a copy.</summary>
    public void EmitValue(SourceWriter writer) =>
        _ = Value is null ? writer.Line(Code.Assign("bool sets" + local, Unguarded ?? Guarded), ";")
            : NeedsCodec ? writer.Choice($"var new{local} = ", has, Value, Old, ";")
            : writer.Line(Code.Assign("var new" + local, Value), ";");

    /// <summary>A line of the <c>with</c> expression that makes the copy.</summary>
    public void EmitCopied(SourceWriter writer) =>
        _ = Value is null ? writer.Choice($"{property} = ", "sets" + local, Changed, Old, ",") : writer.Line($"{property} = new{local},");

    /// <summary>A statement that sets the property, if its value changes: a setter must not run otherwise.</summary>
    public void EmitInPlace(SourceWriter writer) => writer.If(Guarded, $"{Old} = {Changed};");

    private Code Guarded => NeedsCodec ? Code.And(has, Condition!) : Condition!;
}
