using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Layers.PatchGen;
using Layers.PatchGen.AspNetCore;
using Library;
using Library.Tests;
using Microsoft.Extensions.DependencyInjection;

// This project sees the internals of the library and the generated code of both.
var services = new ServiceCollection();
global::Library.PatchHandlerExtensions.AddPatchHandlers(services);
global::Library.Tests.PatchHandlerExtensions.AddPatchHandlers(services);
string[] handlers =
[
    .. services.Select(static s => s.ServiceType.Name).Where(
        static name => name.EndsWith("PatchHandler", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
];
Console.WriteLine(string.Join(" ", handlers));
Console.WriteLine(new SongPatch { Title = "Yesterday" }.ApplyTo(new Song("1", "?"), out _));
Console.WriteLine(new SingerPatch { Name = "Paul" }.ApplyTo(new Singer("1", "?"), out _));

namespace Library.Tests
{
    internal sealed record Singer([property: Key] string SingerId, string Name);

    [Patch<Singer>]
    [PatchEndpoint("/singers/{singerId}", Context = typeof(SingerJson))]
    internal sealed partial record SingerPatch
    {
        public partial string Name { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Singer))]
    internal sealed partial class SingerJson : JsonSerializerContext;
}
