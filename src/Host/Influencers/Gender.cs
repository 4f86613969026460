using System.Text.Json.Serialization;

namespace Layers.PatchGen.Host.Influencers;

public enum Gender
{
    [JsonStringEnumMemberName("male")]
    Male,

    [JsonStringEnumMemberName("female")]
    Female,

    [JsonStringEnumMemberName("nonbinary")]
    Nonbinary,

    [JsonStringEnumMemberName("unspecified")]
    Unspecified,
}
