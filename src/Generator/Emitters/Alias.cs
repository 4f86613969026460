namespace Layers.PatchGen.Generator.Emitters;

/// <summary>
/// The aliases of generated files, each with <c>PatchGen</c> before it. They are of namespaces: one of a private type would be an error.
/// </summary>
internal static class Alias
{
    public const string Analysis = "Analysis = global::System.Diagnostics.CodeAnalysis";
    public const string AspNetCore = "AspNetCore = global::Layers.PatchGen.AspNetCore";
    public const string Builder = "Builder = global::Microsoft.AspNetCore.Builder";
    public const string Injection = "Injection = global::Microsoft.Extensions.DependencyInjection";
    public const string Json = "Json = global::Layers.PatchGen.Json";
    public const string Metadata = "Metadata = global::System.Text.Json.Serialization.Metadata";
    public const string Routing = "Routing = global::Microsoft.AspNetCore.Routing";
    public const string Runtime = "Runtime = global::Layers.PatchGen";
    public const string Values = "Values = global::Layers.PatchGen.Json.PatchValues";

    /// <summary>The namespace of a document; empty without one.</summary>
    public static string Documents(DocumentSpec? document) =>
        document?.Namespace is { } name ? $"Documents = global::{CSharp.Namespace(name)}" : "";
}
