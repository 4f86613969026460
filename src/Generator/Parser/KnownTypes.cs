namespace Layers.PatchGen.Generator.Parser;

/// <summary>The full names of the types that declarations may use.</summary>
internal static class KnownTypes
{
    public const string Patch = "Layers.PatchGen.PatchAttribute";
    public const string PatchOf = "Layers.PatchGen.PatchAttribute`1";
    public const string Fence = "Layers.PatchGen.FenceAttribute";
    public const string FencedUntil = "Layers.PatchGen.FencedUntilAttribute";
    public const string WriteScope = "Layers.PatchGen.WriteScopeAttribute";
    public const string Selector = "Layers.PatchGen.SelectorAttribute";
    public const string PatchTo = "Layers.PatchGen.PatchToAttribute";
    public const string KeyedBy = "Layers.PatchGen.KeyedByAttribute";
    public const string Distinct = "Layers.PatchGen.DistinctAttribute";
    public const string IsoDuration = "Layers.PatchGen.IsoDurationAttribute";
    public const string ChangedAt = "Layers.PatchGen.ChangedAtAttribute";
    public const string NotInResponse = "Layers.PatchGen.NotInResponseAttribute";
    public const string EntityPatch = "Layers.PatchGen.EntityFrameworkCore.IEntityPatch`2";
    public const string ExecutePatch = "Microsoft.EntityFrameworkCore.EntityFrameworkPatchQueryableExtensions";
    public const string PatchBody = "Layers.PatchGen.AspNetCore.PatchBody";
    public const string PatchGenOptions = "Layers.PatchGen.AspNetCore.PatchGenOptions";
    public const string PatchEndpoint = "Layers.PatchGen.AspNetCore.PatchEndpointAttribute";

    public const string JsonPropertyName = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    public const string JsonExtensionData = "System.Text.Json.Serialization.JsonExtensionDataAttribute";
    public const string JsonEnumMemberName = "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute";
    public const string JsonIgnore = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    public const string JsonInclude = "System.Text.Json.Serialization.JsonIncludeAttribute";
    public const string JsonDerivedType = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    public const string JsonRequired = "System.Text.Json.Serialization.JsonRequiredAttribute";
    public const string JsonConverter = "System.Text.Json.Serialization.JsonConverterAttribute";
    public const string JsonNumberHandling = "System.Text.Json.Serialization.JsonNumberHandlingAttribute";
    public const string JsonSourceGenerationOptions = "System.Text.Json.Serialization.JsonSourceGenerationOptionsAttribute";
    public const string JsonSerializable = "System.Text.Json.Serialization.JsonSerializableAttribute";
    public const string JsonSerializerContext = "System.Text.Json.Serialization.JsonSerializerContext";
    public const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
    public const string CompilerGenerated = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";
    public const string MaybeNull = "System.Diagnostics.CodeAnalysis.MaybeNullAttribute";
    public const string PatchHandler = "Layers.PatchGen.AspNetCore.PatchHandler";
    public const string Obsolete = "System.ObsoleteAttribute";
    public const string StructLayout = "System.Runtime.InteropServices.StructLayoutAttribute";
    public const string EnumMember = "System.Runtime.Serialization.EnumMemberAttribute";
    public const string DataMember = "System.Runtime.Serialization.DataMemberAttribute";
    public const string NewtonsoftProperty = "Newtonsoft.Json.JsonPropertyAttribute";

    public const string Annotations = "System.ComponentModel.DataAnnotations.";
    public const string Display = Annotations + "DisplayAttribute";
    public const string DisplayName = "System.ComponentModel.DisplayNameAttribute";
    public const string Timestamp = Annotations + "TimestampAttribute";
    public const string DatabaseGenerated = Annotations + "Schema.DatabaseGeneratedAttribute";
    public const string Key = Annotations + "KeyAttribute";
    public const string ValidationAttribute = Annotations + "ValidationAttribute";
}
