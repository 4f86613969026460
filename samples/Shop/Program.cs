using System.ComponentModel.DataAnnotations;
using Layers.PatchGen;
using Layers.PatchGen.AspNetCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddPatchGen();
var app = builder.Build();

var people = new Dictionary<int, Person> { [1] = new("Ada", "Countess", new(1815, 12, 10), Points: 36) };
app.MapPatch("/people/{id}", (int id, PatchBody<PersonPatch> body) =>
    people.TryGetValue(id, out Person? person)
        ? Results.Ok(people[id] = body.Patch.ApplyTo(person))
        : Results.NotFound());
app.Run();

sealed record Person(string Name, string? Nickname, DateOnly Born, int Points);

[Patch<Person>(RequireAny = true)]
sealed partial record PersonPatch                    // Points is not declared: clients cannot set it
{
    [StringLength(80, MinimumLength = 1)]
    public partial string Name { get; init; }        // null is an error

    public partial string? Nickname { get; init; }   // null clears it

    public partial DateOnly Born { get; init; }
}
