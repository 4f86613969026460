namespace Layers.PatchGen.AspNetCore;

/// <summary>A <see cref="PatchBody{TPatch}"/> of any patch.</summary>
internal interface IPatchBody
{
    /// <summary>Why the body was rejected; null for a patch.</summary>
    PatchError? Error { get; }
}
