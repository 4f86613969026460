using EntityFramework;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.EntityFrameworkCore;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// A database in memory, for as long as one connection is open.
using var connection = new SqliteConnection("Data Source=shop;Mode=Memory;Cache=Shared");
connection.Open();
builder.Services.AddDbContext<ShopDb>(options => options.UseSqlite(connection.ConnectionString));
builder.Services.AddEntityFrameworkDocuments<ShopDb>();
builder.Services.AddPatchHandlers();

WebApplication app = builder.Build();
using (IServiceScope scope = app.Services.CreateScope())
{
    ShopDb shop = scope.ServiceProvider.GetRequiredService<ShopDb>();
    shop.Database.EnsureCreated();
    shop.AddRange(new Product { Id = 1, Name = "Tea", Stock = 5 }, new Product { Id = 2, Name = "Cup", Stock = 2 });
    shop.Add(new Order { Lines = [new() { Number = 1, ProductId = 1 }], Shipping = new() { City = "London" } });
    shop.SaveChanges();
}

app.UsePatchErrors();

// PATCH /orders/{id}: the whole endpoint, with ETag, If-Match and 412.
app.MapPatchHandlers();

// An endpoint of our own: one UPDATE of the columns that were sent. Nothing is loaded.
app.MapPatch("/products/{id}", async (int id, PatchBody<ProductPatch> body, ShopDb db) =>
    await db.Products.Where(product => product.Id == id).ExecutePatchAsync(body.Patch) == ExecutePatchResult.NotFound
        ? Results.NotFound()
        : Results.NoContent());

app.Run();
