using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>One document of the application's own, with a version, and how often an endpoint was called.</summary>
public sealed class Pages
{
    public Counter Page { get; } = new() { Value = 1 };

    public Guid Version { get; private set; } = Guid.NewGuid();

    public int Calls { get; set; }

    public void Update(MarkPatch patch)
    {
        patch.ApplyTo(Page);
        Version = Guid.NewGuid();
    }
}

/// <summary>Endpoints of each kind, with all parameters, in an object, with a header of their own, and without any header.</summary>
internal static class PageEndpoints
{
    public static readonly string[] Kinds = ["/compiled", "/runtime", "/api", "/plain"];

    public static void Map(WebApplication app)
    {
        app.MapPatch("/compiled/page", IResult (PatchBody<MarkPatch> body, IfMatch match, Pages pages, HttpResponse response) =>
        {
            pages.Calls++;
            if (!match.Allows(pages.Version))
            {
                return match.Failed(pages.Version);
            }

            pages.Update(body.Patch);
            response.SetETag(pages.Version);
            return Results.Text($"{pages.Page.Value}");
        });
        app.MapPatch("/compiled/required", ([RequireIfMatch] IfMatch match, PatchBody<MarkPatch> body, Pages pages) => Call(pages));
        app.MapPatch("/compiled/plain", (PatchBody<MarkPatch> body, Pages pages) => Call(pages));
        app.MapPatch(
            "/compiled/header", ([FromHeader(Name = "If-Match")] string? tag, PatchBody<MarkPatch> body, Pages pages) => Call(pages));
        app.MapGet("/compiled/page", IResult (IfNoneMatch none, Pages pages, HttpResponse response) =>
        {
            pages.Calls++;
            response.SetETag(pages.Version);
            return none.Allows(pages.Version) ? Results.Text($"{pages.Page.Value}") : none.Failed(pages.Version);
        });
        app.MapPut("/compiled/page", IResult (IfNoneMatch none, Pages pages) =>
            none.Allows(pages.Version) ? Results.Ok() : none.Failed(pages.Version));

#pragma warning disable RDG002 // tests endpoints that are created at run time
        Delegate patch = IResult (PatchBody<MarkPatch> body, IfMatch match, Pages pages, HttpResponse response) =>
        {
            pages.Calls++;
            if (!match.Allows(pages.Version))
            {
                return match.Failed(pages.Version);
            }

            pages.Update(body.Patch);
            response.SetETag(pages.Version);
            return Results.Text($"{pages.Page.Value}");
        };
        app.MapPatch("/runtime/page", patch);
        Delegate required = ([AsParameters] PageRequest request) => Call(request.Pages);
        app.MapPatch("/runtime/required", required);
        Delegate plain = ([AsParameters] PlainPageRequest request) => Call(request.Pages);
        app.MapPatch("/runtime/plain", plain);
        Delegate header =
            (PatchBody<MarkPatch> body, [FromHeader(Name = "if-match")] string? tag, Pages pages) => Call(pages);
        app.MapPatch("/runtime/header", header);
        Delegate get = IResult (IfNoneMatch none, Pages pages, HttpResponse response) =>
        {
            pages.Calls++;
            response.SetETag(pages.Version);
            return none.Allows(pages.Version) ? Results.Text($"{pages.Page.Value}") : none.Failed(pages.Version);
        };
        app.MapGet("/runtime/page", get);
        Delegate put = IResult (IfNoneMatch none, Pages pages) =>
            none.Allows(pages.Version) ? Results.Ok() : none.Failed(pages.Version);
        app.MapPut("/runtime/page", put);
#pragma warning restore RDG002
    }

    public static string Call(Pages pages)
    {
        pages.Calls++;
        return "called";
    }
}

/// <summary>All parameters in one object.</summary>
public sealed record PageRequest(PatchBody<MarkPatch> Body, [RequireIfMatch] IfMatch Match, Pages Pages);

public sealed record PlainPageRequest(PatchBody<MarkPatch> Body, Pages Pages);

[ApiController]
[Route("api")]
public sealed class PageApiController(Pages pages) : ControllerBase
{
    [HttpPatch("page")]
    public ActionResult<string> Patch(PatchBody<MarkPatch> body, IfMatch match)
    {
        pages.Calls++;
        if (!match.Allows(pages.Version))
        {
            return match.Failed(pages.Version);
        }

        pages.Update(body.Patch);
        Response.SetETag(pages.Version);
        return Content($"{pages.Page.Value}");
    }

    [HttpPatch("required")]
    public ActionResult<string> Required([RequireIfMatch] IfMatch match, PatchBody<MarkPatch> body) => PageEndpoints.Call(pages);

    [HttpPatch("plain")]
    public ActionResult<string> Plain(PatchBody<MarkPatch> body) => PageEndpoints.Call(pages);

    [HttpPatch("header")]
    public ActionResult<string> Header(PatchBody<MarkPatch> body, [FromHeader(Name = "If-Match")] string? tag) => PageEndpoints.Call(pages);

    [HttpGet("page")]
    public ActionResult<string> Get(IfNoneMatch none)
    {
        pages.Calls++;
        Response.SetETag(pages.Version);
        return none.Allows(pages.Version) ? Content($"{pages.Page.Value}") : none.Failed(pages.Version);
    }

    [HttpPut("page")]
    public IActionResult Put(IfNoneMatch none) => none.Allows(pages.Version) ? Ok() : none.Failed(pages.Version);
}

[Route("plain")]
public sealed class PageController(Pages pages) : Controller
{
    [HttpPatch("page")]
    public IActionResult Patch(IfMatch match, PatchBody<MarkPatch> body)
    {
        pages.Calls++;
        if (!match.Allows(pages.Version))
        {
            return match.Failed(pages.Version);
        }

        pages.Update(body.Patch);
        Response.SetETag(pages.Version);
        return Content($"{pages.Page.Value}");
    }

    [HttpPatch("required")]
    public string Required(PatchBody<MarkPatch> body, [RequireIfMatch] IfMatch match) => PageEndpoints.Call(pages);

    [HttpPatch("plain")]
    public string Plain(PatchBody<MarkPatch> body) => PageEndpoints.Call(pages);

    [HttpPatch("header")]
    public string Header([FromHeader(Name = "If-Match")] string? tag, PatchBody<MarkPatch> body) => PageEndpoints.Call(pages);

    [HttpGet("page")]
    public IActionResult Get(IfNoneMatch none)
    {
        pages.Calls++;
        Response.SetETag(pages.Version);
        return none.Allows(pages.Version) ? Content($"{pages.Page.Value}") : none.Failed(pages.Version);
    }

    [HttpPut("page")]
    public IActionResult Put(IfNoneMatch none) => none.Allows(pages.Version) ? Ok() : none.Failed(pages.Version);
}
