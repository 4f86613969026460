using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// The body of an endpoint, for tools that describe endpoints. It stands in the metadata of generated endpoints and of those with a <see cref="PatchBody{TPatch}"/>, in the
/// place of <c>AcceptsMetadata</c>: by that routing would answer 415 before 401.
/// </summary>
public abstract class PatchBodyDescription
{
    private protected PatchBodyDescription()
    {
    }

    /// <summary>The type of the patch.</summary>
    public abstract Type PatchType { get; }

    /// <summary>Writes the JSON Schema (2020-12) of the body.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="options">The limits that the schema tells of, and the fences that are lifted.</param>
    public abstract void WriteJsonSchema(Utf8JsonWriter writer, PatchReadOptions options);

    /// <summary>Tells how a body would be refused.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="options">The limits, and the fences that are lifted.</param>
    /// <returns>The refusal, or null for a body that is a patch.</returns>
    public abstract PatchError? Refuse(ReadOnlySpan<byte> utf8, PatchReadOptions options);

    /// <summary>The description of a patch.</summary>
    public static PatchBodyDescription Of<TPatch>()
        where TPatch : IPatch<TPatch> => Description<TPatch>.Instance;

    private sealed class Description<TPatch> : PatchBodyDescription
        where TPatch : IPatch<TPatch>
    {
        public static readonly Description<TPatch> Instance = new();

        public override Type PatchType => typeof(TPatch);

        public override void WriteJsonSchema(Utf8JsonWriter writer, PatchReadOptions options) => TPatch.WriteJsonSchema(writer, options);

        public override PatchError? Refuse(ReadOnlySpan<byte> utf8, PatchReadOptions options) => RequestBody.Parse<TPatch>(utf8, options).Error;
    }
}
