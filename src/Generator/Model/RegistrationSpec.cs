namespace Layers.PatchGen.Generator.Model;

/// <summary>The handlers of one assembly.</summary>
/// <param name="AssemblyName">The assembly's name, as it is.</param>
/// <param name="Handlers">The handlers, ordered.</param>
internal sealed record RegistrationSpec(string AssemblyName, ImmutableEquatableArray<HandlerSpec> Handlers);

/// <summary>A handler, as far as it is registered.</summary>
/// <param name="Namespace">Its namespace, unescaped; null for the global one.</param>
/// <param name="Name">Its name, unescaped.</param>
internal sealed record HandlerSpec(string? Namespace, string Name);
