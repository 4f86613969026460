using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests.SchemaAgreement;

/// <summary>Members with a single value, of every kind.</summary>
[Patch(RequireAny = true)]
internal sealed partial record ScalarsPatch
{
    public partial string Text { get; init; }

    [StringLength(3, MinimumLength = 1), RegularExpression("[a-z]*")]
    public partial string? Limited { get; init; }

    [AllowedValues("low", "high")]
    public partial string? Level { get; init; }

    public partial bool Flag { get; init; }

    public partial bool? MaybeFlag { get; init; }

    public partial byte Byte { get; init; }

    public partial short Short { get; init; }

    [Range(-5, 100)]
    public partial int Count { get; init; }

    public partial uint? Unsigned { get; init; }

    public partial long Long { get; init; }

    public partial ulong UnsignedLong { get; init; }

    public partial float Single { get; init; }

    [Range(-1.5, 2.5)]
    public partial double Double { get; init; }

    public partial decimal? Decimal { get; init; }

    public partial Guid Guid { get; init; }

    public partial DateTime Time { get; init; }

    public partial DateTimeOffset? Moment { get; init; }

    public partial DateOnly Date { get; init; }

    public partial TimeOnly TimeOfDay { get; init; }

    public partial TimeSpan Duration { get; init; }

    [IsoDuration("PT30S", "PT1H")]
    public partial TimeSpan? Delay { get; init; }

    public partial Uri Link { get; init; }

    public partial byte[] Bytes { get; init; }

    [Length(2, 5)]
    public partial byte[] Picture { get; init; }

    [Range(typeof(DateOnly), "2000-01-01", "2026-01-01")]
    public partial DateOnly Day { get; init; }

    public partial Gender Gender { get; init; }

    public partial Gender? MaybeGender { get; init; }

    public partial JsonElement Any { get; init; }

    public partial JsonNode? MaybeAny { get; init; }
}

/// <summary>Collections of every kind.</summary>
[Patch]
internal sealed partial record CollectionsPatch
{
    public partial string[] Texts { get; init; }

    [Length(1, 3)]
    public partial int[]? Few { get; init; }

    [Distinct]
    public partial Gender[] Genders { get; init; }

    public partial List<bool> Flags { get; init; }

    public partial IReadOnlyList<double>? Numbers { get; init; }

    public partial ImmutableArray<Guid> Guids { get; init; }

    public partial HashSet<string> Names { get; init; }

    public partial IReadOnlySet<short>? Shorts { get; init; }

    public partial JsonElement[] Anything { get; init; }
}

/// <summary>Dictionaries, and types that a serializer context reads.</summary>
[Patch(Context = typeof(LineJson))]
internal sealed partial record MapsPatch
{
    public partial Dictionary<string, int?> Prices { get; init; }

    public partial IReadOnlyDictionary<string, string>? Names { get; init; }

    public partial Dictionary<string, TimeSpan?> Delays { get; init; }

    public partial Dictionary<string, OpenPatch?> Parts { get; init; }

    public partial Line Line { get; init; }

    public partial Line? MaybeLine { get; init; }

    [MaxLength(2)]
    public partial List<Line> Lines { get; init; }

    [EmailAddress]
    public partial string? Email { get; init; }
}

/// <summary>Objects by key, for lists of a document.</summary>
[Patch]
internal sealed partial record ListsPatch
{
    [KeyedBy("Id")]
    public partial Dictionary<byte, InnerPatch?> Bytes { get; init; }

    [KeyedBy("Id"), MaxLength(2)]
    public partial Dictionary<long, InnerPatch>? Longs { get; init; }

    [KeyedBy("Id")]
    public partial IDictionary<Guid, InnerPatch?> Guids { get; init; }

    [KeyedBy("Id")]
    public partial Dictionary<string, InnerPatch?> Texts { get; init; }
}

internal sealed record Line
{
    public required string Article { get; init; }

    public int Amount { get; init; }

    public string? Note { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Line))]
internal sealed partial class LineJson : JsonSerializerContext;

/// <summary>The document of the patches below; the selector needs one.</summary>
internal sealed record Outer
{
    public string Id { get; init; } = "";

    public bool Later { get; init; }

    public Open Open { get; init; } = new();

    public Inner? Inner { get; init; }
}

internal sealed record Inner
{
    public int? Count { get; init; }

    public Outer? Outer { get; init; }
}

internal sealed record Open
{
    public string? Label { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }
}

/// <summary>A selector, fences, nested patches.</summary>
[Patch<Outer>(RequireAny = true)]
[Fence("owner", "history.author", Until = "v2")]
internal sealed partial record OuterPatch
{
    [Selector]
    public partial string Id { get; init; }

    [FencedUntil("v3")]
    public partial bool Later { get; init; }

    public partial OpenPatch Open { get; init; }

    public partial InnerPatch? Inner { get; init; }
}

[Patch<Inner>(RequireAny = true)]
internal sealed partial record InnerPatch
{
    public partial int? Count { get; init; }

    public partial OuterPatch? Outer { get; init; }
}

/// <summary>An open object, with fences in it.</summary>
[Patch<Open>]
[Fence("maker", "history.author", Until = "v2")]
internal sealed partial record OpenPatch
{
    public partial string? Label { get; init; }

    [JsonExtensionData]
    public partial IDictionary<string, JsonElement> Other { get; init; }
}
