using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Testing;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Builder;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>Documents are found by the names that the serializer writes, and no response contains hidden members.</summary>
public sealed class VaultTests
{
    private static readonly (string, string) Reader = ("X-Claims", "scope=vaults:read");

    public static TheoryData<string> Policies => [.. VaultContexts.All.Keys];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task No_response_contains_hidden_members(string policy)
    {
        await using MiniApp app = await StartAsync(VaultContexts.All[policy]);
        var samples = new VaultSamples(new Random(7));
        Vault vault = samples.Vault("v1");
        vault.Secret_Token = "TOP1";
        vault.Base_Secret = "TOP2";
        await InsertAsync(app, VaultContexts.All[policy], vault);
        await InsertAsync(
            app, VaultContexts.All[policy], samples.Vault("v2") with { Secret_Token = "TOP1", __Shelf2Left = 2, Base_Secret = "TOP3" });

        ApiResponse read = await ShownAsync(app, 200, "GET", "/by-id/v1");
        ApiResponse changed = await ShownAsync(app, 200, "PATCH", "/by-id/v1", """{"title":"new"}""");
        ApiResponse unchanged = await ShownAsync(app, 200, "PATCH", "/by-id/v1", """{"title":"new"}""");
        Assert.Equal(changed.Text, unchanged.Text);
        Assert.NotEqual(read.Text, changed.Text);

        // Hidden members can be matched as well, whatever their name in the JSON is.
        ApiResponse chosen = await ShownAsync(app, 200, "GET", "/by-token/TOP1?shelf=1");
        Assert.Equal(changed.Text, chosen.Text);
        Assert.Equal(changed.Text, (await ShownAsync(app, 200, "GET", "/by-token/TOP1?base=TOP2")).Text);
        await ShownAsync(app, 200, "PATCH", "/by-token/TOP1", """{"__Shelf2Left":2,"title":"other"}""");
        await ShownAsync(app, 404, "GET", "/by-token/TOP4?shelf=1");

        // 409 lists only the values of selectors that are in responses.
        ApiResponse several = await ShownAsync(app, 409, "GET", "/by-token/TOP1");
        Assert.Contains("\"shelf\"", several.Text, StringComparison.Ordinal);
        await ShownAsync(app, 409, "PATCH", "/by-token/TOP1", """{"title":"new"}""");
        await ShownAsync(app, 412, "PATCH", "/by-id/v1", """{"title":"new"}""", ("If-Match", "\"0\""));
        await ShownAsync(app, 204, "PATCH", "/by-id/v1", """{"title":"newer"}""", ("Prefer", "return=minimal"));
    }

    [Theory]
    [InlineData("/by-id/{of}", "Nothing", "The route parameter \"of\" of /by-id/{of} is matched against Vault.Nothing,")]
    [InlineData("/by-id/{of}", nameof(Vault.Ignored), "Vault.Ignored, which is not in the JSON of Vault")]
    public async Task A_property_that_is_not_in_the_JSON_is_rejected_at_start(string route, string property, string message)
    {
        InvalidOperationException rejected = await Assert.ThrowsAsync<InvalidOperationException>(
            () => MiniApp.StartAsync(middleware: web => web.MapPatchHandler(new VaultHandler(route, property, KebabLowerJson.Default))));
        Assert.Contains(message, rejected.Message, StringComparison.Ordinal);
    }

    private static Task<MiniApp> StartAsync(JsonSerializerContext context) => MiniApp.StartAsync(
        middleware: web =>
        {
            web.MapPatchHandler(new VaultHandler("/by-id/{of}", nameof(Vault.Vault_Id), context));
            web.MapPatchHandler(new VaultHandler("/by-token/{of}", nameof(Vault.Secret_Token), context));
        });

    private static async Task InsertAsync(MiniApp app, JsonSerializerContext context, Vault vault) =>
        await app.Store.InsertAsync(
            new DocumentKey("", Vault.Collection, vault.Vault_Id), vault, (JsonTypeInfo<Vault>)context.GetTypeInfo(typeof(Vault))!);

    private static async Task<ApiResponse> ShownAsync(
        MiniApp app, int status, string method, string path, string? json = null, params (string, string)[] headers)
    {
        ApiResponse response = await app.SendAsync(method, path, json, [Reader, .. headers]);
        Assert.True(status == response.Status, response.Text);
        string text = response.Text.Replace(path.Split('?')[0], "", StringComparison.Ordinal); // an error contains its path
        Assert.DoesNotContain(VaultSamples.Top, text, StringComparison.Ordinal);
        return response;
    }
}
