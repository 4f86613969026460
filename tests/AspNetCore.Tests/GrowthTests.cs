using System.Text.Json;
using System.Text.Json.Nodes;
using Layers.PatchGen.Testing;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>The limits of a document that can grow in every way, compared with a slow reference.</summary>
public sealed class GrowthTests
{
    private const int MaxMembers = 4;
    private const int MaxBytes = 500;
    private const string Keys = "Must have at most 4 members, those already stored included. max=4";
    private const string Members = "Must have at most 4 further members, those already stored included. max=4";
    private const string Bytes = "The document must not become larger than 500 bytes. max=500";

    [Fact]
    public async Task Random_patches_are_accepted_and_rejected_as_by_the_reference()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        await using MiniApp app = await StartAsync();
        int members = 0, bytes = 0;
        for (int shelf = 0; shelf < 20; shelf++)
        {
            ShelfModel model = await AddAsync(app, $"s{shelf}", random, isLarge: shelf % 4 == 0);
            for (int i = 0; i < 100; i++)
            {
                JsonObject patch = RandomShelf(random, sizes: 30);
                string[] expected = model.Patch(patch);
                ApiResponse response = await app.SendAsync("PATCH", $"/shelves/s{shelf}", patch.ToJsonString());
                string message = $"""
                    Seed {seed}, shelf {shelf}, patch {i}: {patch.ToJsonString()}
                    {response.Status} {response.Text}
                    The reference: {string.Join(", ", expected)} {model.Shelf.ToJsonString()}
                    """;
                if (expected.Length == 0)
                {
                    Assert.True(response.Status == 200 && JsonNode.DeepEquals(model.Shelf, WithoutTime(response)), message);
                    continue;
                }

                Assert.True(response.Status == 422, message);
                string[] problems = [.. response.Json.GetProperty("errors").EnumerateArray().Select(Short)];
                Assert.True(expected.SequenceEqual(problems.Order(StringComparer.Ordinal)), message);
                _ = problems[0].EndsWith("too_large", StringComparison.Ordinal) ? bytes++ : members++;
            }
        }

        Assert.True(
            members > 100 && bytes > 100 && members + bytes < 1900, $"Seed {seed}: {members} rejected for members, {bytes} for bytes.");
    }

    [Theory]
    [InlineData("""{"prices":{"a":1,"b":1,"c":1,"d":1}}""", """{"prices":{"e":1}}""", "/prices too_long", Keys)]
    [InlineData("""{"boxes":{"b":{"xa":1,"xb":1,"xc":1,"xd":1}}}""", """{"boxes":{"b":{"xe":1}}}""", "/boxes/b too_long", Members)]
    [InlineData("""{"front":{"xa":1,"xb":1,"xc":1,"xd":1}}""", """{"front":{"xe":1}}""", "/front too_long", Members)]
    [InlineData("""{"xa":1,"xb":1,"xc":1,"xd":1}""", """{"xe":1}""", " too_long", Members)]
    [InlineData("{}", """{"remark":"***"}""", "/remark too_large", Bytes)]
    [InlineData("{}", """{"front":{"size":1},"x/~":"***","remark":null}""", "/x~1~0 too_large", Bytes)]
    public async Task The_error_has_the_pointer_of_the_member_that_was_sent(string first, string second, string problem, string detail)
    {
        await using MiniApp app = await StartAsync();
        await AddAsync(app, "s", new Random(1), isLarge: false);
        Assert.Equal(200, (await app.SendAsync("PATCH", "/shelves/s", first)).Status);
        string json = second.Replace("***", new string('n', MaxBytes), StringComparison.Ordinal);
        JsonElement error = ProblemAssert.Matches(
            await app.SendAsync("PATCH", "/shelves/s", json), 422, "validation").GetProperty("errors")[0];
        Assert.Equal((problem, detail), (Short(error), $"{error.GetProperty("detail")} max={error.GetProperty("max")}"));
    }

    [Fact]
    public async Task The_document_is_found_and_its_version_checked_first()
    {
        await using MiniApp app = await StartAsync();
        await AddAsync(app, "s", new Random(1), isLarge: false);
        string tooLarge = $$"""{"remark":"{{new string('n', MaxBytes)}}"}""";
        Assert.Equal(404, (await app.SendAsync("PATCH", "/shelves/t", tooLarge)).Status);
        Assert.Equal(412, (await app.SendAsync("PATCH", "/shelves/s", tooLarge, ("If-Match", "\"1-1\""))).Status);
        Assert.Equal(422, (await app.SendAsync("PATCH", "/shelves/s", tooLarge, ("If-Match", "*"))).Status);
    }

    /// <summary>The limit of the endpoint is higher than that of the store.</summary>
    [Fact]
    public async Task A_document_too_large_for_the_store_is_422_with_the_pointer_of_the_member()
    {
        await using MiniApp app = await StartAsync(new SmallStore(maxBytes: 300));
        await AddAsync(app, "s", new Random(1), isLarge: false);
        ApiResponse response = await app.SendAsync("PATCH", "/shelves/s", $$"""{"front":{"size":1},"remark":"{{new string('n', 250)}}"}""");
        JsonElement error = ProblemAssert.Matches(response, 422, "validation").GetProperty("errors")[0];
        Assert.Equal(
            """{"pointer":"/remark","code":"too_large","detail":"The document would become larger than the store can hold."}""",
            error.GetRawText());
        await app.AssertLoggedAsync(LogLevel.Warning, entry => entry.Scopes.Contains(response.RequestId, StringComparison.Ordinal));
        Assert.Equal(200, (await app.SendAsync("PATCH", "/shelves/s", """{"remark":"short"}""")).Status);
    }

    [Fact]
    public async Task A_document_too_large_for_the_store_is_422_in_a_custom_endpoint()
    {
        await using MiniApp app = await StartAsync(
            new SmallStore(maxBytes: 300), middleware: web => web.MapPatch(
                "/own", string () => throw new DocumentTooLargeException(400, 300)));
        JsonElement error = ProblemAssert.Matches(await app.SendAsync("PATCH", "/own", "{}"), 422, "validation").GetProperty("errors")[0];
        Assert.Equal(("", "too_large"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    private static Task<MiniApp> StartAsync(IDocumentStore? store = null, Action<WebApplication>? middleware = null) => MiniApp.StartAsync(
        store,
        services => services.AddSingleton<TimeProvider>(new WholeSeconds()).AddPatchGen(options =>
        {
            options.MaxDocumentBytes = MaxBytes;
            options.Read = new PatchReadOptions { MaxOpenMembers = MaxMembers, MaxBytes = 1_000_000 };
        }),
        middleware);

    private static async Task<ShelfModel> AddAsync(MiniApp app, string id, Random random, bool isLarge)
    {
        JsonObject shelf = isLarge ? RandomShelf(random, sizes: 40, members: 8) : [];
        shelf = new JsonObject
        {
            ["shelfId"] = id,
            ["note"] = shelf["remark"]?.DeepClone(),
            ["prices"] = Stored(shelf["prices"]),
            ["boxes"] = Stored(shelf["boxes"]),
            ["front"] = shelf["front"] is { } front ? Stored(front, isBox: true) : null,
        };
        JsonObject stored = (JsonObject)shelf.DeepClone();
        stored["changedAt"] = "2026-01-01T00:00:00+00:00";
        Assert.NotNull(await app.Store.InsertAsync(
            new DocumentKey("", Shelf.Collection, id), JsonSerializer.SerializeToUtf8Bytes(stored, ShelfModel.Written)));
        return new ShelfModel(shelf, MaxMembers, MaxBytes - "\"changedAt\":\"2026-01-01T00:00:00+00:00\",".Length);
    }

    // As documents are stored: without nulls, and each box with its size.
    private static JsonObject Stored(JsonNode? sent, bool isBox = false)
    {
        JsonObject stored = isBox ? new() { ["size"] = 0 } : [];
        foreach ((string name, JsonNode? value) in sent as JsonObject ?? [])
        {
            if (value is not null)
            {
                stored[name] = value is JsonObject && !isBox ? Stored(value, isBox: true) : value.DeepClone();
            }
        }

        return stored;
    }

    private static JsonObject RandomShelf(Random random, int sizes, int members = 3)
    {
        var shelf = new JsonObject();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            switch (random.Next(5))
            {
                case 0:
                    shelf["remark"] = random.Next(3) == 0 ? null : new string('r', random.Next(10 * sizes));
                    break;
                case 1:
                    shelf["prices"] = RandomMembers(random, "p", members, () => random.Next(1000));
                    break;
                case 2:
                    shelf["boxes"] = RandomMembers(random, "b", members, () => Box(random, sizes, members));
                    break;
                case 3:
                    shelf["front"] = random.Next(4) == 0 ? null : Box(random, sizes, members);
                    break;
                default:
                    shelf[$"x{random.Next(8)}"] = random.Next(3) == 0 ? null : Value(random, sizes);
                    break;
            }
        }

        return shelf;
    }

    private static JsonObject Box(Random random, int sizes, int members)
    {
        JsonObject box = RandomMembers(random, "x", members, () => Value(random, sizes));
        if (random.Next(2) == 0)
        {
            box["size"] = random.Next(1000);
        }

        return box;
    }

    private static JsonObject RandomMembers(Random random, string prefix, int most, Func<JsonNode> value)
    {
        var members = new JsonObject();
        for (int i = random.Next(most + 1); i > 0; i--)
        {
            members[$"{prefix}{random.Next(8)}"] = random.Next(3) == 0 ? null : value();
        }

        return members;
    }

    private static JsonNode Value(Random random, int sizes) => random.Next(3) switch
    {
        0 => random.Next(10),
        1 => new string('é', random.Next(sizes)),
        _ => new JsonArray([.. Enumerable.Range(0, random.Next(sizes)).Select(i => (JsonNode)i)]),
    };

    private static string Short(JsonElement error) => $"{error.GetProperty("pointer")} {error.GetProperty("code")}";

    private static JsonObject WithoutTime(ApiResponse response)
    {
        var shelf = (JsonObject)JsonNode.Parse(response.Text)!;
        shelf.Remove("changedAt");
        return shelf;
    }

    /// <summary>A time without a fraction, so that its text always has the same length.</summary>
    private sealed class WholeSeconds : TimeProvider
    {
        private long _seconds = 1_800_000_000;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Interlocked.Increment(ref _seconds));
    }

    /// <summary>A store for small documents only.</summary>
    private sealed class SmallStore(int maxBytes) : IDocumentStore
    {
        private readonly InMemoryDocumentStore _inner = new();

        public ValueTask<StoredDocument?> LoadAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
            _inner.LoadAsync(key, cancellationToken);

        public ValueTask<IReadOnlyList<StoredDocument>> FindAsync(
            DocumentSelection selection, int limit, CancellationToken cancellationToken = default) =>
            _inner.FindAsync(selection, limit, cancellationToken);

        public ValueTask<TransformResult> TransformAsync<TState>(
            DocumentSelection selection,
            IReadOnlyCollection<DocumentVersion>? ifVersions,
            TState state,
            DocumentTransform<TState> transform,
            DocumentCompanions<TState>? companions = null,
            CancellationToken cancellationToken = default) =>
            _inner.TransformAsync(
                selection,
                ifVersions,
                state,
                (it, document) => transform(it, document) is { } json ? Checked(json) : default(ReadOnlyMemory<byte>?),
                companions,
                cancellationToken);

        public ValueTask<StoredDocument?> InsertAsync(
            DocumentKey key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default) =>
            _inner.InsertAsync(key, Checked(json), cancellationToken);

        public ValueTask<bool> DeleteAsync(DocumentKey key, CancellationToken cancellationToken = default) =>
            _inner.DeleteAsync(key, cancellationToken);

        private ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> json) =>
            json.Length <= maxBytes ? json : throw new DocumentTooLargeException(json.Length, maxBytes);
    }
}
