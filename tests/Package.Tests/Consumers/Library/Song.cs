using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Layers.PatchGen;
using Layers.PatchGen.AspNetCore;

namespace Library;

internal sealed record Song([property: Key] string SongId, string Title);

[Patch<Song>]
[PatchEndpoint("/songs/{songId}", Context = typeof(SongJson))]
internal sealed partial record SongPatch
{
    public partial string Title { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Song))]
internal sealed partial class SongJson : JsonSerializerContext;
