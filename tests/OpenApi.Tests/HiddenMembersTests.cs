using System.Text.Json.Nodes;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.OpenApi.Tests;

/// <summary>Members with <c>[NotInResponse]</c> are not in the schemas of documents.</summary>
public sealed class HiddenMembersTests
{
    public static TheoryData<string> Policies => [.. VaultContexts.All.Keys];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Hidden_members_are_not_in_schemas(string policy)
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: services => services.AddOpenApi(options => options.AddPatchGen()),
            middleware: web =>
            {
                web.MapOpenApi();
                web.MapPatchHandler(new VaultHandler("/by-id/{of}", nameof(Vault.Vault_Id), VaultContexts.All[policy]));
            });
        JsonNode document = JsonNode.Parse((await app.SendAsync("GET", "/openapi/v1.json")).Text)!;
        JsonNode vault = document["components"]!["schemas"]!["Vault"]!;
        string InJson(string name) => VaultContexts.All[policy].Options.PropertyNamingPolicy?.ConvertName(name) ?? name;
        string[] names = [.. Names(vault).Distinct()];
        Assert.All(
            (string[])
            [
                nameof(Vault.Secret_Token), nameof(Vault.Whole), nameof(Vault.Base_Secret), nameof(Vault.Overridden),
                nameof(Safe.Pin__Code), nameof(Spot._Exact), nameof(Tree.Rings), nameof(Face.True_Name),
            ],
            hidden => Assert.DoesNotContain(InJson(hidden), names));
        Assert.DoesNotContain("ключ-é", names);
        Assert.All(
            (string[])
            [
                nameof(Vault.Title), nameof(Safe.Label), nameof(Spot.X), nameof(Tree.Branches), nameof(Square.Size), nameof(Face.Name),
            ],
            shown => Assert.Contains(InJson(shown), names));
        Assert.All(References(vault), reference => Assert.NotNull(Resolve(document, reference)));
    }

    private static IEnumerable<string> Names(JsonNode? schema) =>
        Nodes(schema).OfType<JsonObject>().Select(node => node["properties"]).OfType<JsonObject>().SelectMany(
            properties => properties.Select(property => property.Key));

    private static IEnumerable<string> References(JsonNode? schema) =>
        Nodes(schema).OfType<JsonObject>().Where(node => node["$ref"] is JsonValue).Select(node => (string)node["$ref"]!);

    private static IEnumerable<JsonNode> Nodes(JsonNode? node) => node switch
    {
        null => [],
        JsonObject members => members.SelectMany(member => Nodes(member.Value)).Prepend(node),
        JsonArray items => items.SelectMany(Nodes).Prepend(node),
        _ => [node],
    };

    private static JsonNode? Resolve(JsonNode document, string reference)
    {
        JsonNode? at = document;
        foreach (string part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = Uri.UnescapeDataString(part).Replace(
                "~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at is JsonArray items ? items[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : at?[name];
        }

        return at;
    }
}
