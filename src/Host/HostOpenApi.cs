using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Engagement;
using Layers.PatchGen.Host.Influencers;
using Microsoft.OpenApi;

namespace Layers.PatchGen.Host;

/// <summary>The OpenAPI document, and the page to read and try the API.</summary>
internal static class HostOpenApi
{
    public const string Page = "docs";

    private const string Document = "/openapi/v1.json";

    /// <param name="services">The services.</param>
    /// <param name="demo">Whether the ids of demo documents are shown as examples.</param>
    public static IServiceCollection AddDescription(this IServiceCollection services, bool demo) => services.AddOpenApi(options => options
        .AddPatchGen(patches =>
        {
            patches.SecuritySchemes["ApiKey"] = new()
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "X-Api-Key",
                Description = "The key. It takes precedence over a bearer token.",
            };
            patches.SecuritySchemes["Bearer"] = new()
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The same key as a bearer token.",
            };
            patches.AddExample(new InfluencerPatch
            {
                Vibe = "precise and energetic",
                Personality = new PersonalityPatch { Humor = "observational" },
            });
            patches.AddExample(new EngagementPatch
            {
                Enabled = true,
                FirstComment = new FirstCommentPatch
                {
                    Targets = DemoData.Layer.FirstComment.Targets,
                    CommentTemplate = DemoData.Layer.FirstComment.CommentTemplate!,
                },
                ReplyToComments = new ReplyToCommentsPatch
                {
                    Targets = DemoData.Layer.ReplyToComments.Targets,
                    AutoReplyDelay = DemoData.Layer.ReplyToComments.AutoReplyDelay,
                },
            });
            patches.AddDocumentExample(DemoData.Influencer, HostJson.Default.Influencer);
            patches.AddDocumentExample(DemoData.Layer, HostJson.Default.EngagementLayer);
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
                Description = "Two documents and their PATCH endpoints. Errors have one envelope; "
                    + "with `Accept: application/problem+json` they are problem details (RFC 9457) instead.",
            };

            // Relative to the document, so that it is right behind any proxy. Without a slash at the end, since paths are appended.
            document.Servers = [new() { Url = ".." }];
            return Task.CompletedTask;
        }));

    public static void UseDescription(this WebApplication app)
    {
        app.MapOpenApi();
        app.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], static context =>
        {
            context.Response.Redirect($"{context.Request.PathBase.ToUriComponent()}/{Page}");
            return Task.CompletedTask;
        }).ExcludeFromDescription();
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = Page;
            page.DocumentTitle = "Layers.PatchGen";
            page.SwaggerEndpoint($"..{Document}", "v1"); // relative to the page, so that a path base works
            page.EnablePersistAuthorization();
        });
    }
}
