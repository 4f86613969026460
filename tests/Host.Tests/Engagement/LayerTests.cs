using System.Text.Json;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Engagement;

/// <summary>Selection of a layer of a project.</summary>
public sealed class LayerTests(HostFixture host) : HostTest(host)
{
    [Fact]
    public async Task R54_The_only_layer_is_selected_and_named_in_the_response()
    {
        TestProject project = await Host.AddProjectAsync();
        ApiResponse response = await AcceptedAsync(project.Path, """{"enabled":false}""");
        Assert.Equal(project.Layers[0], response.Json.GetProperty("projectLayerId").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"enabled":false}""")]
    [InlineData("""{"firstComment":{}}""")]
    public async Task R55_A6_Of_several_layers_one_must_be_named(string json)
    {
        TestProject project = await Host.AddProjectAsync(layers: 3);
        ApiResponse response = await RejectedAsync(project.Path, json, 409, "CONFLICT");
        Assert.Equal(project.Layers, response.Details.GetProperty("projectLayerIds").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task R55_The_demo_has_a_project_with_two_layers()
    {
        ApiResponse response = await PatchAsync("/v1/projects/prj_01HX9Y8N0P4R6STUVW789ABCD/engagement", """{"enabled":false}""");
        Assert.Equal(409, response.Status);
        Assert.Equal(
            """["pl_01HXZTAR4M6P7N8S9TUVW0XYZ1","pl_01HXZTBS5N7Q8P9T0VWXY1Z2A3"]""",
            response.Details.GetProperty("projectLayerIds").GetRawText());
    }

    [Fact]
    public async Task R56_Only_the_named_layer_changes()
    {
        TestProject project = await Host.AddProjectAsync(layers: 2);
        string other = (await GetAsync($"{project.Path}?projectLayerId={project.Layers[0]}")).Text;

        ApiResponse response = await AcceptedAsync(project.Path, $$"""{"enabled":false,"projectLayerId":"{{project.Layers[1]}}"}""");

        Assert.Equal(project.Layers[1], response.Json.GetProperty("projectLayerId").GetString());
        Assert.False(response.Json.GetProperty("enabled").GetBoolean());
        Assert.Equal(other, (await GetAsync($"{project.Path}?projectLayerId={project.Layers[0]}")).Text);
    }

    [Fact]
    public async Task R57_The_only_layer_may_be_named()
    {
        TestProject project = await Host.AddProjectAsync();
        ApiResponse response = await AcceptedAsync(project.Path, $$"""{"projectLayerId":"{{project.Layers[0]}}","enabled":false}""");
        Assert.False(response.Json.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task R58_A29_A_layer_of_another_project_is_not_found()
    {
        TestProject project = await Host.AddProjectAsync();
        TestProject mine = await Host.AddProjectAsync();
        TestProject theirs = await Host.AddProjectAsync(tenant: DemoData.OtherTenant);
        string mineBefore = (await GetAsync(mine.Path)).Text;
        string theirsBefore = (await GetAsync(theirs.Path, DemoKeys.Other)).Text;
        foreach (string layer in (string[])
        [
            mine.Layers[0], theirs.Layers[0], "pl_unknown", "", project.Layers[0] + " ", project.Layers[0].ToLowerInvariant(),
        ])
        {
            await RejectedAsync(project.Path, $$"""{"projectLayerId":"{{layer}}","enabled":false}""", 404, "NOT_FOUND");
        }

        Assert.Equal(mineBefore, (await GetAsync(mine.Path)).Text);
        Assert.Equal(theirsBefore, (await GetAsync(theirs.Path, DemoKeys.Other)).Text);
    }

    [Fact]
    public async Task R51_R52_R53_A10_Unknown_and_inaccessible_projects_have_the_same_response()
    {
        TestProject theirs = await Host.AddProjectAsync(tenant: DemoData.OtherTenant);
        TestProject theirsWithTwo = await Host.AddProjectAsync(layers: 2, tenant: DemoData.OtherTenant);
        ApiResponse expected = await PatchAsync("/v1/projects/prj_unknown/engagement", """{"enabled":false}""");
        Assert.Equal(404, expected.Status);
        Assert.Equal("NOT_FOUND", expected.Code);
        AssertEnvelope(expected);
        foreach (string path in (string[])
        [
            theirs.Path,
            theirsWithTwo.Path,
            "/v1/projects/prj_01HX9Y9Q2R6T8UVWXYZ90ABCDE/engagement", // the demo's, without a layer
            "/v1/projects/prj_01HX9YAS4T8V0WXYZ01BCDEFGH/engagement", // the demo's, of the other tenant
            "/v1/projects/%20/engagement",
        ])
        {
            foreach (ApiResponse response in (ApiResponse[])
            [
                await PatchAsync(path, """{"enabled":false}"""),
                await PatchAsync(path, $$"""{"enabled":false,"projectLayerId":"{{theirs.Layers[0]}}"}"""),
                await GetAsync(path),
                await GetAsync($"{path}?projectLayerId={theirs.Layers[0]}"),
            ])
            {
                Assert.Equal(expected.Status, response.Status);
                Assert.Equal(expected.WithoutRequestId, response.WithoutRequestId);
                Assert.Equal(expected.HeaderNames, response.HeaderNames);
            }
        }

        Assert.True((await GetAsync(theirs.Path, DemoKeys.Other)).Json.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task A36_GET_takes_the_layer_from_the_query()
    {
        TestProject project = await Host.AddProjectAsync(layers: 2);
        ApiResponse unnamed = await GetAsync(project.Path);
        Assert.Equal((409, "CONFLICT"), (unnamed.Status, unnamed.Code));
        Assert.Equal(2, unnamed.Details.GetProperty("projectLayerIds").GetArrayLength());
        foreach (string layer in project.Layers)
        {
            ApiResponse named = await GetAsync($"{project.Path}?unknown=1&projectLayerId={layer}");
            Assert.Equal(layer, named.Json.GetProperty("projectLayerId").GetString());
        }

        ApiResponse twice = await GetAsync($"{project.Path}?projectLayerId={project.Layers[0]}&projectLayerId={project.Layers[1]}");
        Assert.Equal((422, "VALIDATION"), (twice.Status, twice.Code));
        Assert.Equal(["projectLayerId"], twice.Fields);
        Assert.Equal(404, (await GetAsync($"{project.Path}?projectLayerId=")).Status);
    }

    [Fact]
    public async Task R55_At_most_100_layers_are_listed()
    {
        TestProject project = await Host.AddProjectAsync(layers: 103);
        ApiResponse response = await PatchAsync(project.Path, "{}");
        Assert.Equal(409, response.Status);
        Assert.Equal(
            project.Layers.Take(100), response.Details.GetProperty("projectLayerIds").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(200, (await PatchAsync(project.Path, JsonSerializer.Serialize(new { projectLayerId = project.Layers[102] }))).Status);
    }
}
