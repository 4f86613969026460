using System.Buffers;
using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Endpoint metadata: the body of generated endpoints and of endpoints with a <see cref="PatchBody{TPatch}"/>, for tools that describe
/// APIs. It replaces <c>AcceptsMetadata</c>, with which routing would respond 415 before authorization responds 401.
/// </summary>
public abstract class PatchBodyDescription
{
    private protected PatchBodyDescription()
    {
    }

    /// <summary>The type of the patch.</summary>
    public abstract Type PatchType { get; }

    /// <summary>Writes the JSON Schema (2020-12) of the body.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="options">The limits that the schema includes, and the fences that are lifted.</param>
    public abstract void WriteJsonSchema(Utf8JsonWriter writer, PatchReadOptions options);

    /// <summary>The reserved members of the body, those of nested patches included.</summary>
    /// <param name="options">The fences that are lifted: their members are not reserved.</param>
    public abstract IReadOnlyList<ReservedMember> ReservedMembers(PatchReadOptions options);

    /// <summary>The members of the body that callers need a scope for, those of nested patches included.</summary>
    public abstract IReadOnlyList<ScopedMember> ScopedMembers { get; }

    /// <summary>The lists whose items must exist, as paths of names; <c>*</c> for any key.</summary>
    internal abstract IEnumerable<string> ListsWithoutNewItems { get; }

    /// <summary>Creates the description of a patch.</summary>
    /// <typeparam name="TPatch">The patch.</typeparam>
    /// <exception cref="TypeInitializationException">
    /// A validation attribute cannot be created, or a serializer context cannot read the type of a member; the inner exception says which.
    /// </exception>
    public static PatchBodyDescription Create<TPatch>()
        where TPatch : IPatch<TPatch>
    {
        _ = TPatch.Table; // Such an error is reported at start, not with the first request.
        return Description<TPatch>.Instance;
    }

    /// <summary>Writes the schema with descriptions: of a patch type, or of its property if a name is given.</summary>
    internal abstract void WriteJsonSchema(Utf8JsonWriter writer, PatchReadOptions options, Func<Type, string?, string?> describe);

    /// <summary>The error that a body is rejected with; null for a valid patch.</summary>
    internal abstract PatchError? ErrorFor(byte[] utf8, PatchReadOptions options);

    private sealed class Description<TPatch> : PatchBodyDescription
        where TPatch : IPatch<TPatch>
    {
        public static readonly Description<TPatch> Instance = new();

        public override Type PatchType => typeof(TPatch);

        public override void WriteJsonSchema(Utf8JsonWriter writer, PatchReadOptions options) => TPatch.WriteJsonSchema(writer, options);

        internal override void WriteJsonSchema(Utf8JsonWriter writer, PatchReadOptions options, Func<Type, string?, string?> describe) =>
            PatchSchemaWriter.Write<TPatch>(writer, options, describe);

        public override IReadOnlyList<ReservedMember> ReservedMembers(PatchReadOptions options) => TPatch.Table.Reserved(options);

        public override IReadOnlyList<ScopedMember> ScopedMembers => TPatch.Table.Scoped;

        internal override IEnumerable<string> ListsWithoutNewItems => TPatch.Table.ListsWithoutNewItems;

        internal override PatchError? ErrorFor(byte[] utf8, PatchReadOptions options) =>
            RequestBody.Parse<TPatch>(new ReadOnlySequence<byte>(utf8), options).Error;
    }
}
