using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>A member whose values are read, written and compared by a codec.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <typeparam name="TValue">The codec.</typeparam>
internal sealed class ValueRow<T, TValue>(MemberInfo info, StateField<T?> field, TValue codec) : MemberRow<T?>(info, field)
    where TValue : struct, IPatchValue<T>
{
    internal override INestedPatch? Nested => codec as INestedPatch;

    internal override bool KeepsObjects => TValue.KeepsObjects;

    internal override bool AreEqual(T? left, T? right) => PatchEquality.Same(codec, left, right);

    internal override bool AreEqual(StateRef left, StateRef right) => PatchEquality.Same(codec, left.Field(Field), right.Field(Field));

    internal override int Hash(StateRef state) => PatchEquality.Hash(codec, state.Field(Field));

    internal override void Write(Utf8JsonWriter writer, StateRef state)
    {
        WriteName(writer);
        if (state.Field(Field) is { } value)
        {
            codec.Write(writer, value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    internal override void Validate(ref PatchProblemCollector problems, StateRef state)
    {
        int entered = problems.Enter();
        if (state.Field(Field) is { } value)
        {
            codec.Check(ref problems, value);
        }
        else if (!Info.IsNullable)
        {
            problems.Add(ProblemKind.NullNotAllowed, null, null);
        }
        else if (TValue.ChecksNull)
        {
            codec.CheckNull(ref problems);
        }

        if (problems.Count != entered)
        {
            problems.Leave(entered, Info.Name);
        }
    }

    internal override void Describe(PatchSchemaWriter schema) => schema.Member(Info, codec);

    internal override JsonTypeInfo? TypeIn(JsonTypeInfo documentType) =>
        TValue.IsMerged ? null
        : documentType is JsonTypeInfo<T> same ? same
        : Nullable.GetUnderlyingType(documentType.Type) == typeof(T)
            && documentType.Options.TryGetTypeInfo(typeof(T), out JsonTypeInfo? type)
            ? type as JsonTypeInfo<T>
        : null;

    internal override void Splice(ref DocumentSplicer document, DocumentMember member, scoped StateRef state)
    {
        T? value = state.Field(Field);
        if (member.Nested is null)
        {
            if (typeof(T) == typeof(string) && member.IsText)
            {
                document.Text(member, (string?)(object?)value);
            }
            else
            {
                document.Value(member, codec, value);
            }
        }
        else if (value is null)
        {
            document.Clear(member);
        }
        else if (document.TryEnter(member, codec.IsEmpty(value), out DocumentSplicer.Level outer))
        {
            TValue.Splice(ref document, value);
            document.Leave(outer);
        }
    }

    internal override void Merge(StateRef state, StateRef later, bool isPresent)
    {
        ref T? value = ref state.Field(Field);
        T? next = later.Field(Field);
        value = TValue.IsMerged && isPresent && next is not null ? Merged(value, next) : next;
    }

    private T? Merged(T? earlier, T later) =>
        earlier is not null ? codec.Merge(earlier, later, Info.Name)
        : codec.IsEmpty(later) ? earlier
        : throw PatchAlgebra.Cleared(Info.Name);
}
