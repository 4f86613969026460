using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.AspNetCore;
using Microsoft.AspNetCore.Mvc;

namespace Layers.PatchGen.Testing;

/// <summary>A patch that the platform's validation would reject when members are absent; bound by an endpoint of each kind.</summary>
[Patch<Counter>(RequireAny = true)]
[PatchEndpoint("/marks/{counterId}", Context = typeof(CounterJson), Collection = Counter.Collection)]
[Fence("reset", Until = "v2")]
public sealed partial record MarkPatch
{
    [Range(1, 100)]
    public partial int Value { get; init; }

    [StringLength(5, MinimumLength = 2)]
    public partial string Note { get; init; }
}

/// <summary>The same members as an ordinary body, which the platform validates.</summary>
public sealed record OrdinaryMark([Range(1, 100)] int Value, [Required, StringLength(5, MinimumLength = 2)] string? Note);

/// <summary>The JSON of a patch.</summary>
public static class Marks
{
    public static string Json(MarkPatch patch)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            patch.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

[ApiController]
[Route("api")]
public sealed class MarkApiController : ControllerBase
{
    [HttpPatch("marks/{id}")]
    public ActionResult<string> Patch(int id, PatchBody<MarkPatch> body) => Content($"{id} {Marks.Json(body.Patch)}");

    [HttpPatch("ordinary")]
    [ApiExplorerSettings(IgnoreApi = true)]
    public ActionResult<string> Ordinary(OrdinaryMark body) => Content($"{body.Value} {body.Note}");
}

[Route("plain")]
public sealed class MarkController : Controller
{
    [HttpPatch("marks/{id}")]
    public IActionResult Patch(int id, PatchBody<MarkPatch> body) =>
        ModelState.IsValid ? Content($"{id} {Marks.Json(body.Patch)}") : BadRequest(ModelState);
}
