using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>What tools such as Swashbuckle and NSwag read: a patch is the body of its endpoint.</summary>
public sealed class ApiDescriptionTests
{
    [Theory]
    [InlineData("api/required", true)] // MVC
    [InlineData("compiled/required", true)]
    [InlineData("api/page", false)]
    [InlineData("runtime/page", false)]
    public async Task IfMatch_is_a_header(string path, bool isRequired)
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: static services =>
            {
                services.AddSingleton<Pages>();
                services.AddControllers().AddApplicationPart(typeof(PageController).Assembly);
                services.AddEndpointsApiExplorer();
            },
            middleware: static web =>
            {
                web.MapControllers();
                PageEndpoints.Map(web);
            });
        ApiDescription description = app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(static group => group.Items)
            .Single(d => d.RelativePath == path && d.HttpMethod == "PATCH");
        ApiParameterDescription header = Assert.Single(description.ParameterDescriptions, static p => p.Source.Id == "Header");
        Assert.Equal(("If-Match", typeof(string), isRequired), (header.Name, header.Type, header.IsRequired));
        Assert.Single(description.ParameterDescriptions, static p => p.Source.Id == "Body");
        Assert.Equal(2, description.ParameterDescriptions.Count);
    }

    [Theory]
    [InlineData("api/marks/{id}", typeof(MarkPatch))] // MVC
    [InlineData("minimal/marks", typeof(MarkPatch))]
    [InlineData("counters/{counterId}", typeof(CounterPatch))] // generated
    public async Task A_patch_is_a_body(string path, Type patch)
    {
        await using MiniApp app = await MiniApp.StartAsync(
            services: static services =>
            {
                services.AddControllers().AddApplicationPart(typeof(MarkController).Assembly);
                services.AddEndpointsApiExplorer();
            },
            middleware: static web =>
            {
                web.MapControllers();
                web.MapPatch("/minimal/marks", static (PatchBody<MarkPatch> body) => Marks.Json(body.Patch));
            });
        ApiDescription description = app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
            .SelectMany(static group => group.Items)
            .Single(d => d.RelativePath == path && d.HttpMethod == "PATCH");
        ApiParameterDescription body = Assert.Single(description.ParameterDescriptions, static p => p.Source.Id == "Body");
        Assert.Equal((patch, patch, true), (body.Type, body.ModelMetadata.ModelType, body.IsRequired));
        Assert.DoesNotContain(description.ParameterDescriptions, static p => p.Source.Id is "Query" or "Custom" or "ModelBinding");
        Assert.Contains(description.SupportedRequestFormats, static format => format.MediaType == "application/json");
    }
}
