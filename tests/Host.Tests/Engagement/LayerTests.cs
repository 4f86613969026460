using System.Text.Json;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Engagement;

/// <summary>Which layer of a project a request means.</summary>
public sealed class LayerTests(HostFixture host) : HostTest(host)
{
    [Fact]
    public async Task R54_The_only_layer_is_picked_and_named_in_the_answer()
    {
        ProjectOfTest project = await Host.AddProjectAsync();
        Answer answer = await AcceptedAsync(project.Path, """{"enabled":false}""");
        Assert.Equal(project.Layers[0], answer.Json.GetProperty("projectLayerId").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"enabled":false}""")]
    [InlineData("""{"firstComment":{}}""")]
    public async Task R55_A6_Of_several_layers_one_must_be_named(string json)
    {
        ProjectOfTest project = await Host.AddProjectAsync(layers: 3);
        Answer answer = await RefusedAsync(project.Path, json, 409, "CONFLICT");
        Assert.Equal(project.Layers, answer.Details.GetProperty("projectLayerIds").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task R55_The_demo_has_a_project_with_two_layers()
    {
        Answer answer = await PatchAsync("/v1/projects/prj_01HX9Y8N0P4R6STUVW789ABCD/engagement", """{"enabled":false}""");
        Assert.Equal(409, answer.Status);
        Assert.Equal(
            """["pl_01HXZTAR4M6P7N8S9TUVW0XYZ1","pl_01HXZTBS5N7Q8P9T0VWXY1Z2A3"]""",
            answer.Details.GetProperty("projectLayerIds").GetRawText());
    }

    [Fact]
    public async Task R56_Only_the_named_layer_changes()
    {
        ProjectOfTest project = await Host.AddProjectAsync(layers: 2);
        string other = (await GetAsync($"{project.Path}?projectLayerId={project.Layers[0]}")).Text;

        Answer answer = await AcceptedAsync(project.Path, $$"""{"enabled":false,"projectLayerId":"{{project.Layers[1]}}"}""");

        Assert.Equal(project.Layers[1], answer.Json.GetProperty("projectLayerId").GetString());
        Assert.False(answer.Json.GetProperty("enabled").GetBoolean());
        Assert.Equal(other, (await GetAsync($"{project.Path}?projectLayerId={project.Layers[0]}")).Text);
    }

    [Fact]
    public async Task R57_The_only_layer_may_be_named()
    {
        ProjectOfTest project = await Host.AddProjectAsync();
        Answer answer = await AcceptedAsync(project.Path, $$"""{"projectLayerId":"{{project.Layers[0]}}","enabled":false}""");
        Assert.False(answer.Json.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task R58_A29_A_layer_that_is_not_the_projects_is_not_found()
    {
        ProjectOfTest project = await Host.AddProjectAsync();
        ProjectOfTest mine = await Host.AddProjectAsync();
        ProjectOfTest theirs = await Host.AddProjectAsync(tenant: DemoData.OtherTenant);
        string mineBefore = (await GetAsync(mine.Path)).Text;
        string theirsBefore = (await GetAsync(theirs.Path, DemoKeys.Other)).Text;
        foreach (string layer in (string[])
        [
            mine.Layers[0], theirs.Layers[0], "pl_unknown", "", project.Layers[0] + " ", project.Layers[0].ToLowerInvariant(),
        ])
        {
            await RefusedAsync(project.Path, $$"""{"projectLayerId":"{{layer}}","enabled":false}""", 404, "NOT_FOUND");
        }

        Assert.Equal(mineBefore, (await GetAsync(mine.Path)).Text);
        Assert.Equal(theirsBefore, (await GetAsync(theirs.Path, DemoKeys.Other)).Text);
    }

    [Fact]
    public async Task R51_R52_R53_A10_Unknown_foreign_and_empty_projects_answer_alike()
    {
        ProjectOfTest theirs = await Host.AddProjectAsync(tenant: DemoData.OtherTenant);
        ProjectOfTest theirsWithTwo = await Host.AddProjectAsync(layers: 2, tenant: DemoData.OtherTenant);
        Answer expected = await PatchAsync("/v1/projects/prj_unknown/engagement", """{"enabled":false}""");
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
            foreach (Answer answer in (Answer[])
            [
                await PatchAsync(path, """{"enabled":false}"""),
                await PatchAsync(path, $$"""{"enabled":false,"projectLayerId":"{{theirs.Layers[0]}}"}"""),
                await GetAsync(path),
                await GetAsync($"{path}?projectLayerId={theirs.Layers[0]}"),
            ])
            {
                Assert.Equal(expected.Status, answer.Status);
                Assert.Equal(expected.WithoutRequestId, answer.WithoutRequestId);
                Assert.Equal(expected.HeaderNames, answer.HeaderNames);
            }
        }

        Assert.True((await GetAsync(theirs.Path, DemoKeys.Other)).Json.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task A36_GET_takes_the_layer_from_its_query()
    {
        ProjectOfTest project = await Host.AddProjectAsync(layers: 2);
        Answer unnamed = await GetAsync(project.Path);
        Assert.Equal((409, "CONFLICT"), (unnamed.Status, unnamed.Code));
        Assert.Equal(2, unnamed.Details.GetProperty("projectLayerIds").GetArrayLength());
        foreach (string layer in project.Layers)
        {
            Answer named = await GetAsync($"{project.Path}?unknown=1&projectLayerId={layer}");
            Assert.Equal(layer, named.Json.GetProperty("projectLayerId").GetString());
        }

        Answer twice = await GetAsync($"{project.Path}?projectLayerId={project.Layers[0]}&projectLayerId={project.Layers[1]}");
        Assert.Equal((422, "VALIDATION"), (twice.Status, twice.Code));
        Assert.Equal(["projectLayerId"], twice.Fields);
        Assert.Equal(404, (await GetAsync($"{project.Path}?projectLayerId=")).Status);
    }

    [Fact]
    public async Task R55_At_most_100_layers_are_listed()
    {
        ProjectOfTest project = await Host.AddProjectAsync(layers: 103);
        Answer answer = await PatchAsync(project.Path, "{}");
        Assert.Equal(409, answer.Status);
        Assert.Equal(project.Layers.Take(100), answer.Details.GetProperty("projectLayerIds").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(200, (await PatchAsync(project.Path, JsonSerializer.Serialize(new { projectLayerId = project.Layers[102] }))).Status);
    }
}
