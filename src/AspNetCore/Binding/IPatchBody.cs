namespace Layers.PatchGen.AspNetCore.Binding;

/// <summary>A <see cref="PatchBody{TPatch}"/>, whatever its patch.</summary>
internal interface IPatchBody
{
    /// <summary>Why there is no patch, if there is none.</summary>
    PatchError? Refusal { get; }
}
