using System.Globalization;
using System.Text.Json.Nodes;
using Layers.PatchGen.Storage;
using Layers.PatchGen.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>
/// Members that are not in the response do not exist for other formats: two documents that differ in nothing else get the same response to
/// every body, byte by byte.
/// </summary>
public sealed class SecretTests(ITestOutputHelper output)
{
    private const string Shown = """
        {"id":"g1","name":"Ann","age":40,"isRegular":true,"tags":["a","b"],"home":{"street":"Main","city":null,"floor":{"n":1}},
         "scores":{"x":1},"homes":{"h":{"street":"S"}},"notes":{"k":[1,{"l":null}]},"place":{"x":1,"y":2,"label":"p"},
         "extra":[1,{"m":2}],"visits_at":"noon","bookings":[{"room":1}]}
        """;

    private static readonly string[] Values =
    [
        "null", "1", "\"TOP1\"", "\"TOP2\"", "\"\"", "[]", "{}",
        """{"street":"N"}""", """{"alarmCode":"TOP1"}""", """{"room":1,"door":"TOP2"}""",
    ];

    [Fact]
    public async Task No_operation_and_no_merge_reveals_a_hidden_value_or_that_there_is_one()
    {
        int seed = Setting("PATCHGEN_SEED", Environment.TickCount), count = Setting("PATCHGEN_FORMATS", 20_000) / 10;
        output.WriteLine($"PATCHGEN_SEED={seed}");
        var random = new Random(seed);
        var formats = new RandomFormats(random);
        await using MiniApp app = await MiniApp.StartAsync(services: static services =>
            services.AddPatchGen(static options => options.AllowValidateOnly = true));
        JsonObject secret = With("TOP1", "TOP2");
        await AddAsync(app, "one", secret);
        await AddAsync(app, "two", JsonNode.Parse(Shown)!.AsObject());
        Dictionary<int, int> statuses = [];
        for (int i = 0; i < count; i++)
        {
            bool isMerge = random.Next(4) == 0;
            string body = isMerge ? Merge(random, formats) : formats.Operations(secret, _ => formats.Pick(Values));
            (string Name, string Value) type = ("Content-Type", isMerge ? "application/merge-patch+json" : "application/json-patch+json");
            (string Name, string Value) staff = ("X-Claims", "org=one;scope=staff"), other = ("X-Claims", "org=two;scope=staff");
            ApiResponse first = await app.SendAsync("PATCH", "/guests/g1?validateOnly=true", body, type, staff);
            ApiResponse second = await app.SendAsync("PATCH", "/guests/g1?validateOnly=true", body, type, other);
            Assert.True(
                (first.Status, first.WithoutRequestId) == (second.Status, second.WithoutRequestId),
                $"{body}\n{first.Status} {first.Text}\n{second.Status} {second.Text}");
            statuses[first.Status] = statuses.GetValueOrDefault(first.Status) + 1;
        }

        output.WriteLine(string.Join(", ", statuses));
        Assert.True(statuses.GetValueOrDefault(200) > count / 50 && statuses.GetValueOrDefault(409) > count / 50, "Too few of them.");
    }

    private static string Merge(Random random, RandomFormats formats)
    {
        string[] names = ["name", "pin", "hash", "home", "bookings", "place", "extra", "notes", "tags"];
        IEnumerable<string> some = formats.Some(names).Take(1 + random.Next(3));
        return "{" + string.Join(',', some.Select(name => $"\"{name}\":{formats.Pick(Values)}")) + "}";
    }

    private static JsonObject With(string first, string second)
    {
        JsonObject document = JsonNode.Parse(Shown)!.AsObject();
        document["pin"] = first;
        document["hash"] = second;
        document["home"]!["alarmCode"] = first;
        document["homes"]!["h"]!["alarmCode"] = second;
        document["bookings"]![0]!["door"] = second;
        return document;
    }

    private static async Task AddAsync(MiniApp app, string tenant, JsonObject document) => await app.Store.InsertAsync(
        new DocumentKey(tenant, Guest.Collection, "g1"),
        System.Text.Json.JsonSerializer.Deserialize(document.ToJsonString(), FormatsJson.Stored.Guest)!,
        FormatsJson.Stored.Guest);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
