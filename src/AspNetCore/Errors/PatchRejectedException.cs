namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// Rejects a patch from within <see cref="PatchHandler{TPatch, TDocument}.Apply"/>, for rules that need the current document, or from an
/// endpoint with a <see cref="PatchBody{TPatch}"/>. Nothing is saved, and the client receives <see cref="Error"/>. Rules about the patch
/// alone belong in <see cref="PatchHandler{TPatch, TDocument}.Validate"/>.
/// </summary>
/// <param name="error">The error.</param>
#pragma warning disable CA1032 // The standard constructors would create an exception without an error to respond with.
public sealed class PatchRejectedException(PatchError error) : Exception(error?.Message)
#pragma warning restore CA1032
{
    /// <summary>The error that the client receives.</summary>
    public PatchError Error { get; } = error ?? throw new ArgumentNullException(nameof(error));
}
