namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Refuses a patch from within <see cref="PatchHandler{TPatch, TDocument}.Apply"/>, where a rule needs the document as it is. Nothing is saved, and the client gets
/// <see cref="Error"/>. What depends on the patch alone belongs in <see cref="PatchHandler{TPatch, TDocument}.Validate"/>.
/// </summary>
/// <param name="error">The refusal.</param>
#pragma warning disable CA1032 // The usual constructors would make a refusal without an answer.
public sealed class PatchRejectedException(PatchError error) : Exception(error?.Message)
#pragma warning restore CA1032
{
    /// <summary>The refusal.</summary>
    public PatchError Error { get; } = error ?? throw new ArgumentNullException(nameof(error));
}
