using System.ComponentModel.DataAnnotations;
using Layers.PatchGen;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.OpenApi;
using Microsoft.AspNetCore.Mvc;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddPatchGen();
builder.Services.AddOpenApi(static options => options.AddPatchGen());
WebApplication app = builder.Build();
app.MapControllers();
app.MapOpenApi();
app.Run();

namespace Mvc
{
    public sealed record Book(string Title, string? Note, int Pages);

    [Patch<Book>(RequireAny = true)]
    public sealed partial record BookPatch
    {
        [StringLength(20, MinimumLength = 1)]
        public partial string Title { get; init; }

        public partial string? Note { get; init; }

        [Range(1, 5000)]
        public partial int Pages { get; init; }
    }

    [ApiController]
    [Route("books")]
    public sealed class BooksController : ControllerBase
    {
        [HttpPatch("{id}")]
        public ActionResult<Book> Patch(int id, PatchBody<BookPatch> body) =>
            body.Patch.ApplyTo(new Book("Book " + id, "a note", 100), out _);
    }
}
