using System.ComponentModel.DataAnnotations;
using Layers.PatchGen;
using Layers.PatchGen.AspNetCore;
using Microsoft.AspNetCore.Mvc;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddEndpointsApiExplorer();
builder.Services.AddPatchGen();
builder.Services.AddSwaggerGen();
WebApplication app = builder.Build();
app.UseSwagger();
app.MapControllers();
app.MapPatch("/minimal/people/{id}", (int id, PatchBody<SwashbuckleApi.PersonPatch> body) => $"{id} {body.Patch.ToJson()}");
app.Run();

namespace SwashbuckleApi
{
    public sealed class Person
    {
        public string Name { get; set; } = "";

        public string? Nick { get; set; }

        public Address Address { get; set; } = new();
    }

    public sealed class Address
    {
        public string? City { get; set; }
    }

    [Patch<Address>]
    public sealed partial record AddressPatch
    {
        public partial string? City { get; init; }
    }

    [Patch<Person>]
    public sealed partial record PersonPatch
    {
        [StringLength(20, MinimumLength = 1)]
        public partial string Name { get; init; }

        public partial string? Nick { get; init; }

        public partial AddressPatch Address { get; init; }
    }

    [ApiController]
    [Route("people")]
    public sealed class PeopleController : ControllerBase
    {
        [HttpPatch("{id}")]
        public ActionResult<Person> Patch(int id, PatchBody<PersonPatch> body) =>
            body.Patch.ApplyTo(new Person { Name = "Person " + id }, out _);
    }
}
