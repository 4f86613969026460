using System.Text.Json.Serialization;
using Layers.PatchGen.Benchmarks.Models;
using Layers.PatchGen.Host;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Benchmarks.Peers;

/// <summary>Metadata for System.Text.Json from its own generator, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, Converters = [typeof(IsoDurationConverter)])]
[JsonSerializable(typeof(InfluencerClass))]
[JsonSerializable(typeof(InfluencerOptional))]
[JsonSerializable(typeof(PersonalityOptional))]
[JsonSerializable(typeof(EngagementClass))]
[JsonSerializable(typeof(EngagementOptional))]
[JsonSerializable(typeof(FirstCommentOptional))]
[JsonSerializable(typeof(ReplyToCommentsOptional))]
[JsonSerializable(typeof(HundredClass))]
[JsonSerializable(typeof(HundredOptional))]
[JsonSerializable(typeof(TagsClass))]
[JsonSerializable(typeof(TagsOptional))]
[JsonSerializable(typeof(Gender?))]
[JsonSerializable(typeof(Platform[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(double?))]
[JsonSerializable(typeof(TimeSpan))]
internal sealed partial class PeerJson : JsonSerializerContext;
