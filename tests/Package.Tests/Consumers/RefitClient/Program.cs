using System.Net;
using System.Text.Json.Serialization;
using Layers.PatchGen;
using Refit;
using RefitClient;

// Prints what Refit sends for a patch, alone and within other values: with reflection, and with a context, for which the record has a
// converter attribute.
using var client = new HttpClient(new Echo()) { BaseAddress = new Uri("http://localhost") };
var note = new NotePatch { Text = null };
var size = new SizePatch { Width = 3 };
INotes notes = RestService.For<INotes>(client);
Console.WriteLine(await notes.Send(note));
Console.WriteLine(await notes.SendSize(size));
Console.WriteLine(await notes.SendMany([note, note]));
Console.WriteLine(await notes.SendByName(new() { ["a"] = size }));
Console.WriteLine(await notes.SendIn(new(note, null)));

var marked = new MarkedNote { Text = null };
var markedSize = new MarkedSize { Width = 3 };
var context = new RefitSettings(new SystemTextJsonContentSerializer(ClientJson.Default.Options));
foreach (IMarkedNotes one in (IMarkedNotes[])[RestService.For<IMarkedNotes>(client), RestService.For<IMarkedNotes>(client, context)])
{
    Console.WriteLine(await one.Send(marked));
    Console.WriteLine(await one.SendSize(markedSize));
    Console.WriteLine(await one.SendMany([marked, marked]));
    Console.WriteLine(await one.SendByName(new() { ["a"] = markedSize }));
    Console.WriteLine(await one.SendIn(new(marked, null)));
}

namespace RefitClient
{
    public interface INotes
    {
        [Refit.Patch("/")]
        Task<string> Send([Body] NotePatch patch);

        [Refit.Patch("/")]
        Task<string> SendSize([Body] SizePatch patch);

        [Refit.Patch("/")]
        Task<string> SendMany([Body] List<NotePatch> patches);

        [Refit.Patch("/")]
        Task<string> SendByName([Body] Dictionary<string, SizePatch> patches);

        [Refit.Patch("/")]
        Task<string> SendIn([Body] Request<NotePatch, SizePatch> request);
    }

    public interface IMarkedNotes
    {
        [Refit.Patch("/")]
        Task<string> Send([Body] MarkedNote patch);

        [Refit.Patch("/")]
        Task<string> SendSize([Body] MarkedSize patch);

        [Refit.Patch("/")]
        Task<string> SendMany([Body] List<MarkedNote> patches);

        [Refit.Patch("/")]
        Task<string> SendByName([Body] Dictionary<string, MarkedSize> patches);

        [Refit.Patch("/")]
        Task<string> SendIn([Body] Request<MarkedNote, MarkedSize> request);
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
