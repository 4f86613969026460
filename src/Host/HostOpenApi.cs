using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;
using Layers.PatchGen.OpenApi;
using Microsoft.OpenApi;

namespace Layers.PatchGen.Host;

/// <summary>The description of the API, and the page to read and try it.</summary>
internal static class HostOpenApi
{
    public const string Page = "docs";

    private const string Document = "/openapi/v1.json";

    /// <param name="services">The services.</param>
    /// <param name="demo">Whether the ids of the demo are shown as examples.</param>
    public static IServiceCollection AddDescription(this IServiceCollection services, bool demo) => services.AddOpenApi(options => options
        .AddPatchGen(patches =>
        {
            patches.SecuritySchemes["ApiKey"] = new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "The key. Where a bearer token is sent as well, this one decides." };
            patches.SecuritySchemes["Bearer"] = new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The same key as a bearer token." };
            patches.AddExample(new InfluencerPatch { Vibe = "precise and energetic", Personality = new PersonalityPatch { Humor = "observational" } });
            patches.AddExample(new EngagementPatch { Enabled = true, ReplyToComments = new ReplyToCommentsPatch { AutoReplyDelay = TimeSpan.FromMinutes(3) } });
        })
        .AddOperationTransformer((operation, _, _) =>
        {
            foreach (OpenApiParameter parameter in demo ? operation.Parameters?.OfType<OpenApiParameter>() ?? [] : [])
            {
                parameter.Example = parameter.Name switch
                {
                    "influencerId" => DemoData.Ava,
                    "projectId" => DemoData.OneLayer,
                    _ => null,
                };
            }

            return Task.CompletedTask;
        })
        .AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Layers.PatchGen",
                Version = "v1",
                Description = "Two documents and their PATCH endpoints. Errors have one envelope; `Accept: application/problem+json` asks for problem details (RFC 9457) instead.",
            };
            return Task.CompletedTask;
        }));

    public static void UseDescription(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = Page;
            page.DocumentTitle = "Layers.PatchGen";
            page.SwaggerEndpoint($"..{Document}", "v1"); // relative to the page, wherever the host is mounted
            page.EnablePersistAuthorization();
        });
    }
}
