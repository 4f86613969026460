using System.Text;
using Layers.PatchGen.EntityFrameworkCore.Tests.Shop;
using Microsoft.EntityFrameworkCore;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <summary>A patch as one UPDATE.</summary>
[Collection(Databases.Collection)]
public sealed class ExecutePatchTests(Databases databases)
{
    private static readonly Guid First = new("11111111-1111-1111-1111-111111111111");

    [Theory]
    [Databases]
    public async Task Only_the_columns_that_were_sent_are_set_in_one_command(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        Assert.Equal(ExecutePatchResult.Changed, await ExecuteAsync(app, """{"text":"new","to":{"city":"Kiel"}}"""));
        Assert.Equal(
            "UPDATE Parcels AS p SET Text = @, Target_City = @, ChangedAt = @, Version = @ WHERE p.Id = 7",
            Columns(Assert.Single(app.Sql())));
        Parcel parcel = await app.WithAsync(db => db.Parcels.SingleAsync());
        Assert.Equal(("new", 3, "Kiel", "Street 1"), (parcel.Text, parcel.Weight, parcel.Target.City, parcel.Target.Street));
        Assert.NotEqual(First, parcel.Version);
        Assert.True(parcel.ChangedAt > DateTimeOffset.UtcNow.AddMinutes(-5));
    }

    /// <summary>The row is what ApplyTo makes of the entity.</summary>
    [Theory]
    [Databases("""{"text":"a","weight":null,"status":"Sent","tags":["x","y"]}""")]
    [Databases("""{"weight":4,"tags":[]}""")]
    [Databases("""{"sentAt":"2026-01-02T03:04:05.123456+02:00"}""")]
    [Databases("""{"sentAt":null,"sender":{"city":null,"street":"S"}}""")]
    [Databases("""{"to":{"city":"a"},"sender":{"city":"b"}}""")]
    [Databases("""{"to":{}}""")]
    public async Task The_row_is_what_ApplyTo_makes_of_it(DatabaseKind kind, string json)
    {
        await using ShopApp app = await StartAsync(kind);
        Parcel expected = await app.WithAsync(db => db.Parcels.AsNoTracking().SingleAsync());
        Read(json).ApplyTo(expected);
        Assert.Equal(ExecutePatchResult.Changed, await ExecuteAsync(app, json));
        Parcel actual = await app.WithAsync(db => db.Parcels.AsNoTracking().SingleAsync());
        Assert.Equal(Text(expected), Text(actual));
    }

    [Theory]
    [Databases("{}", 7, ExecutePatchResult.NothingToDo)]
    [Databases("""{"id":7}""", 7, ExecutePatchResult.NothingToDo)]
    [Databases("""{"text":"a"}""", 7, ExecutePatchResult.Changed)]
    [Databases("""{"text":"a"}""", 8, ExecutePatchResult.NotFound)]
    public async Task The_result_tells_what_happened(DatabaseKind kind, string json, int id, ExecutePatchResult expected)
    {
        await using ShopApp app = await StartAsync(kind);
        Assert.Equal(expected, await app.WithAsync(db => db.Parcels.Where(parcel => parcel.Id == id).ExecutePatchAsync(Read(json))));
        Assert.Equal(expected == ExecutePatchResult.NothingToDo ? 0 : 1, app.Sql().Length);
    }

    [Theory]
    [Databases]
    public async Task With_a_version_only_that_version_is_changed(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        ParcelPatch patch = Read("""{"text":"a"}""");
        Assert.Equal(ExecutePatchResult.Changed, await app.WithAsync(db => db.Parcels.ExecutePatchAsync(patch, First)));
        Assert.Equal(ExecutePatchResult.OtherVersion, await app.WithAsync(db => db.Parcels.ExecutePatchAsync(patch, First)));
        Assert.Equal(
            ExecutePatchResult.NotFound, await app.WithAsync(db => db.Parcels.Where(p => p.Id == 8).ExecutePatchAsync(patch, First)));
        await Assert.ThrowsAsync<ArgumentException>(() => app.WithAsync(db => db.Parcels.ExecutePatchAsync(patch, "1")));
    }

    [Theory]
    [Databases]
    public async Task Every_kind_of_version_is_advanced_so_that_an_entity_tag_no_longer_matches(DatabaseKind kind)
    {
        await using ShopApp app = await StartAsync(kind);
        await app.AddAsync(new Order { TenantId = "acme", Number = 7 }, new Stock { Id = 7 }, new Memo { Id = 7, Text = "old" });
        string[] before = [(await app.GetAsync("/orders/7")).ETag, (await app.GetAsync("/stocks/7")).ETag];
        Assert.Equal(
            ExecutePatchResult.Changed, await app.WithAsync(db => db.Orders.ExecutePatchAsync(new OrderNotePatch { Note = "a" })));
        Assert.Equal(
            ExecutePatchResult.Changed, await app.WithAsync(db => db.Stocks.ExecutePatchAsync(new StockNotePatch { Note = "a" })));
        Assert.Equal(
            ExecutePatchResult.Changed, await app.WithAsync(db => db.Memos.ExecutePatchAsync(new MemoTextPatch { Text = "a" })));
        Assert.Equal(412, (await app.PatchAsync("/orders/7", """{"note":"b"}""", ("If-Match", before[0]))).Status);
        Assert.Equal(412, (await app.PatchAsync("/stocks/7", """{"note":"b"}""", ("If-Match", before[1]))).Status);
        Assert.Equal("a", (await app.GetAsync("/memos/7")).Json.GetProperty("text").GetString());
    }

    private async Task<ShopApp> StartAsync(DatabaseKind kind)
    {
        ShopApp app = await ShopApp.StartAsync(await databases.CreateAsync(kind));
        await app.AddAsync(new Parcel
        {
            Id = 7, Text = "old", Weight = 3, Tags = ["t"], Version = First, Target = new() { City = "Bonn", Street = "Street 1" },
        });
        return app;
    }

    private static Task<ExecutePatchResult> ExecuteAsync(ShopApp app, string json) =>
        app.WithAsync(db => db.Parcels.Where(static parcel => parcel.Id == 7).ExecutePatchAsync(Read(json)));

    private static ParcelPatch Read(string json) => ParcelPatch.Read(Encoding.UTF8.GetBytes(json));

    private static string Columns(string sql) =>
        System.Text.RegularExpressions.Regex.Replace(sql, @"(?<=@)p\d*|\s+(?=\s)", "").Trim();

    private static string Text(Parcel p) =>
        $"{p.Text} {p.Weight} {p.Status} {string.Join(',', p.Tags)} {p.SentAt?.UtcTicks} {p.Target.City} {p.Target.Street} "
        + $"{p.Sender.City} {p.Sender.Street}";
}
