using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Layers.PatchGen;
using Refit;
using RefitClient;

// What Refit sends of a patch, alone and in whatever a body may be: by reflection, and by a context, for which the record names its converter.
using var client = new HttpClient(new Echo()) { BaseAddress = new Uri("http://localhost") };
var context = new RefitSettings(new SystemTextJsonContentSerializer(new JsonSerializerOptions { TypeInfoResolver = ClientJson.Default }));
await SendAsync(RestService.For<INotes<NotePatch, SizePatch>>(client), new() { Text = null }, new() { Width = 3 });
await SendAsync(RestService.For<INotes<MarkedNote, MarkedSize>>(client), new() { Text = null }, new() { Width = 3 });
await SendAsync(RestService.For<INotes<MarkedNote, MarkedSize>>(client, context), new() { Text = null }, new() { Width = 3 });

static async Task SendAsync<TNote, TSize>(INotes<TNote, TSize> notes, TNote note, TSize size)
    where TSize : struct
{
    Console.WriteLine(await notes.Patch(note));
    Console.WriteLine(await notes.PatchSize(size));
    Console.WriteLine(await notes.PatchMany([note, note]));
    Console.WriteLine(await notes.PatchByName(new() { ["a"] = size }));
    Console.WriteLine(await notes.PatchIn(new Request<TNote, TSize>(note, null)));
}

namespace RefitClient
{
    public interface INotes<TNote, TSize>
        where TSize : struct
    {
        [Refit.Patch("/")]
        Task<string> Patch([Body] TNote patch);

        [Refit.Patch("/")]
        Task<string> PatchSize([Body] TSize patch);

        [Refit.Patch("/")]
        Task<string> PatchMany([Body] List<TNote> patches);

        [Refit.Patch("/")]
        Task<string> PatchByName([Body] Dictionary<string, TSize> patches);

        [Refit.Patch("/")]
        Task<string> PatchIn([Body] Request<TNote, TSize> request);
    }

    public sealed record Request<TNote, TSize>(TNote Note, TSize? Size)
        where TSize : struct;

    [Layers.PatchGen.Patch]
    public sealed partial record NotePatch
    {
        public partial string? Author { get; init; }

        public partial string? Text { get; init; }
    }

    [Layers.PatchGen.Patch]
    public partial record struct SizePatch
    {
        public partial int Width { get; init; }

        public partial int? Height { get; init; }
    }

    [Layers.PatchGen.Patch]
    [JsonConverter(typeof(PatchJsonConverter<MarkedNote>))]
    public sealed partial record MarkedNote
    {
        public partial string? Author { get; init; }

        public partial string? Text { get; init; }
    }

    [Layers.PatchGen.Patch]
    [JsonConverter(typeof(PatchJsonConverter<MarkedSize>))]
    public partial record struct MarkedSize
    {
        public partial int Width { get; init; }

        public partial int? Height { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Request<MarkedNote, MarkedSize>))]
    [JsonSerializable(typeof(List<MarkedNote>))]
    [JsonSerializable(typeof(Dictionary<string, MarkedSize>))]
    public sealed partial class ClientJson : JsonSerializerContext;

    internal sealed class Echo : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new(HttpStatusCode.OK) { Content = new StringContent(await request.Content!.ReadAsStringAsync(cancellationToken)) };
    }
}
