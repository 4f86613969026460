using Layers.PatchGen;
using Layers.PatchGen.AspNetCore;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// A database in memory, for as long as this connection is open.
using var connection = new SqliteConnection("Data Source=:memory:");
connection.Open();
builder.Services.AddDbContext<People>(options => options.UseSqlite(connection));
builder.Services.AddPatchGen();
builder.Services.AddProblemDetails();

WebApplication app = builder.Build();
using (IServiceScope scope = app.Services.CreateScope())
{
    People people = scope.ServiceProvider.GetRequiredService<People>();
    people.Database.EnsureCreated();
    people.Add(new Person { Name = "Ada", Email = "ada@example.org", Address = new() { City = "London" } });
    people.SaveChanges();
}

app.MapGet("/people/{id}", async (int id, People people) =>
    await people.Persons.FindAsync(id) is { } person ? Results.Ok(person) : Results.NotFound());

// By the time this runs the body has been read and found to be a patch. SaveChanges writes the columns that changed and no others: the log
// shows its UPDATE.
app.MapPatch("/people/{id}", async (int id, PatchBody<PersonPatch> body, People people) =>
{
    if (await people.Persons.FindAsync(id) is not { } person)
    {
        return Results.NotFound();
    }

    body.Patch.ApplyTo(person);
    await people.SaveChangesAsync();
    return Results.Ok(person);
});

app.Run();
