using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>The members of an open object that are not modelled: written beside the others, and merged by name.</summary>
/// <typeparam name="TMap">A dictionary type that <see cref="Dictionary{TKey, TValue}"/> is, or implements.</typeparam>
internal sealed class OpenRow<TMap>(MemberInfo info, StateField<OpenMembers<TMap>> field)
    : MemberRow<OpenMembers<TMap>>(info, field)
    where TMap : class, IEnumerable<KeyValuePair<string, JsonElement>>
{
    internal override bool IsOpen => true;

    internal override bool KeepsObjects => true;

    internal override bool AreEqual(OpenMembers<TMap> left, OpenMembers<TMap> right) =>
        PatchEquality.SameMembers(left.Value, right.Value);

    internal override bool AreEqual(StateRef left, StateRef right) => AreEqual(left.Field(Field), right.Field(Field));

    internal override int Hash(StateRef state) => PatchEquality.HashMembers(Members(state));

    internal override void Print(ref PatchPrinter printer, StateRef state) => printer.Add(Info.PropertyName, Members(state));

    internal override void Write(Utf8JsonWriter writer, StateRef state)
    {
        foreach ((string name, JsonElement value) in Members(state) ?? Enumerable.Empty<KeyValuePair<string, JsonElement>>())
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    internal override void Validate(ref PatchProblemCollector problems, StateRef state)
    {
        int count = 0;
        foreach ((string name, _) in Members(state) ?? Enumerable.Empty<KeyValuePair<string, JsonElement>>())
        {
            problems.CheckName(name, problems.Limits.MaxOpenNameLength);
            count++;
        }

        if (count > problems.Limits.MaxOpenMembers)
        {
            problems.Add(ProblemKind.TooManyMembers, null, null, 0, problems.Limits.MaxOpenMembers);
        }
    }

    internal override void Describe(PatchSchemaWriter schema) => schema.Open();

    internal override void Splice(ref DocumentSplicer document, DocumentMember member, scoped StateRef state) =>
        document.Open(state.Field(Field).ToJson());

    internal override void Merge(StateRef state, StateRef later, bool isPresent)
    {
        ref OpenMembers<TMap> members = ref state.Field(Field);
        members = isPresent ? new((TMap)(object)PatchAlgebra.MergeOpen(members.Value, Members(later))) : later.Field(Field);
    }

    private TMap? Members(StateRef state) => state.Field(Field).Value;
}
