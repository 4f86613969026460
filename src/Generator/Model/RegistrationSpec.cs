namespace Layers.PatchGen.Generator.Model;

/// <summary>The handlers of one assembly.</summary>
/// <param name="Namespace">The namespace of the registration: the assembly's name, made an identifier.</param>
/// <param name="Handlers">The handlers' full names, ordered.</param>
internal sealed record RegistrationSpec(string Namespace, ImmutableEquatableArray<string> Handlers);
