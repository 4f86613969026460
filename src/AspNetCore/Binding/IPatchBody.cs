namespace Layers.PatchGen.AspNetCore;

/// <summary>Marks a <see cref="PatchBody{TPatch}"/> of any patch.</summary>
internal interface IPatchBody;
