using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.OpenApi.Tests;

/// <summary>The schema of a response matches the JSON that the serializer writes, and describes the members.</summary>
public sealed class ResponseSchemaTests
{
    [Fact]
    public async Task Members_that_are_always_written_are_required()
    {
        JsonNode schema = Schema(await DocumentAsync(ParcelJson.Default.Parcel), "Parcel");
        Assert.Equal(["parcelId", "weight", "note", "before", "size", "route", "validity"], Required(schema));
        Assert.Equal(["width", "height"], Required(schema["properties"]!["size"]!));
    }

    [Fact]
    public async Task Nullable_members_are_optional_if_the_context_omits_nulls()
    {
        JsonNode schema = Schema(await DocumentAsync(ParcelWithoutNullsJson.Default.Parcel), "Parcel");
        Assert.Equal(["parcelId", "weight", "before", "size", "route", "validity"], Required(schema));
    }

    [Fact]
    public async Task Members_that_are_never_null_are_not_nullable()
    {
        JsonNode always = Schema(await DocumentAsync(ParcelJson.Default.Parcel), "Parcel")["properties"]!;
        Assert.Equal("""["string","null"]""", always["note"]!["type"]!.ToJsonString());
        Assert.Equal("\"string\"", always["label"]!["type"]!.ToJsonString());
        Assert.Equal("\"string\"", always["sender"]!["type"]!.ToJsonString());
        Assert.Equal("""["Sent","Arrived"]""", always["state"]!["enum"]!.ToJsonString());
        Assert.Equal("""["Sent","Arrived",null]""", always["before"]!["enum"]!.ToJsonString());
        JsonNode without = Schema(await DocumentAsync(ParcelWithoutNullsJson.Default.Parcel), "Parcel")["properties"]!;
        Assert.Equal("\"string\"", without["note"]!["type"]!.ToJsonString());
        Assert.Equal("""["Sent","Arrived",null]""", without["before"]!["enum"]!.ToJsonString());
    }

    [Fact]
    public async Task An_open_object_is_open()
    {
        JsonNode schema = Schema(await DocumentAsync(ParcelJson.Default.Parcel), "Parcel");
        Assert.True((bool?)schema["additionalProperties"]);
        Assert.Null(schema["properties"]!["size"]!["additionalProperties"]);
    }

    [Fact]
    public async Task Descriptions_of_a_document_come_from_the_attribute_and_the_documentation()
    {
        JsonNode schema = Schema(await DocumentAsync(ParcelJson.Default.Parcel), "Parcel");
        JsonNode members = schema["properties"]!;
        Assert.Equal("A parcel on its way.", (string?)schema["description"]);
        Assert.Equal("The weight in `grams`, without the Label; never null.", (string?)members["weight"]!["description"]);
        Assert.Equal("What the sender wants to say.", (string?)members["note"]!["description"]);
        Assert.Null(members["label"]!["description"]);
        Assert.Equal("The size.", (string?)members["size"]!["description"]);
        Assert.Equal("The width in millimetres.", (string?)members["size"]!["properties"]!["width"]!["description"]);
        Assert.Equal(
            "The height in millimetres.\n\nFrom the floor.", (string?)members["size"]!["properties"]!["height"]!["description"]);
    }

    [Fact]
    public async Task Descriptions_of_a_patch_come_from_the_attribute_and_the_documentation()
    {
        JsonNode schema = Schema(await DocumentAsync(ParcelJson.Default.Parcel), "ParcelPatch");
        JsonNode members = schema["properties"]!;
        Assert.Equal("Changes a parcel.", (string?)schema["description"]);
        Assert.Equal("The weight in grams.", (string?)members["weight"]!["description"]);
        Assert.Equal("What the sender wants to say.", (string?)members["note"]!["description"]);
        Assert.Equal("How long it may be kept. An ISO-8601 duration from PT1H to P7D.", (string?)members["validity"]!["description"]);
        Assert.Equal("Changes the way.", (string?)members["route"]!["description"]);
        Assert.Equal("The city that it comes from.", (string?)members["route"]!["properties"]!["from"]!["description"]);
    }

    [Fact]
    public async Task The_example_of_a_document_has_the_members_of_responses()
    {
        JsonNode document = await DocumentAsync(ParcelJson.Default.Parcel);
        JsonNode response = document["paths"]!["/parcels/{parcelId}"]!["patch"]!["responses"]!["200"]!;
        Assert.Equal(
            """
            {"parcelId":"p1","weight":7,"note":null,"before":null,"size":{"width":1,"height":2},"route":{"from":""},"validity":"00:00:00"}
            """,
            response["content"]!["application/json"]!["example"]!.ToJsonString());
    }

    private static JsonNode Schema(JsonNode document, string name) => document["components"]!["schemas"]![name]!;

    private static IEnumerable<string?> Required(JsonNode schema) => schema["required"]!.AsArray().Select(name => (string?)name);

    private static async Task<JsonNode> DocumentAsync(JsonTypeInfo<Parcel> contract)
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: services => services.AddOpenApi(options => options.AddPatchGen(patches =>
                patches.AddDocumentExample(new Parcel { ParcelId = "p1", Weight = 7, Sender = null }, contract))),
            middleware: web =>
            {
                web.MapOpenApi();
                web.MapPatchHandler(new ParcelHandler(contract));
            });
        return JsonNode.Parse((await app.SendAsync("GET", "/openapi/v1.json")).Text)!;
    }
}
