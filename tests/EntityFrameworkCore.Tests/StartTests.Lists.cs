using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.EntityFrameworkCore.Tests;

/// <content>Collections that are patched by key.</content>
public sealed partial class StartTests
{
    public static TheoryData<EntityMember, string> WrongLists => new()
    {
        { List("Others", new("Nothing")), "Thing.Others is patched by OtherThing.Nothing, which is not in the model" },
        { List("Others", new("Text")), "which is not unique among the items of one Thing; make it part of the primary key, or declare" },
        { List("Others", new("Id", Creates: true)), "creates items by OtherThing.Id, which is generated: remove AllowCreate" },
        { List("Others", new("Id", Removes: true)), "but a OtherThing may exist without its Thing, so that its row would stay" },
        { List("Others", new("Id")) with { Members = null }, "Thing.Others contains itself" },
        { List("Others", new("Id"), "Id"), "Thing.Others.Id is a key" },
        { List("Others", new("Id"), "ThingId"), "Thing.Others.ThingId says to which parent an item belongs" },
        { List("Others", new("Id"), "TenantId"), "Thing.Others.TenantId is the tenant of a row" },
        { List("Parts", new("Code", Creates: true)), "Thing.Parts creates items, but nothing sets Part.Series of their primary key" },
        { List("Shared", new("Id")), "Thing.Shared is a many-to-many relationship: others may refer to the same SharedThing" },
        { List("Records", new("Id")), "Thing.Records has items of type RecordThing, a record, which a patch copies" },
        { List("Column", new("Id")), "Thing.Column is one column, in which EF Core does not see that an item was changed" },
    };

    [Theory]
    [MemberData(nameof(WrongLists))]
    public void A_wrong_list_does_not_start(EntityMember list, string message) => AssertFails(
        message,
        () => Map(
            Single with { IsSingleTenant = false, Tenant = "TenantId", Members = [list] },
            register: static services => services.AddScoped(static _ => new ThingDb(Lists))
                .AddEntityFrameworkDocuments<ThingDb, Thing>().AddPatchGen(static patches => patches.TenantClaim = "tenant")));

    [Fact]
    public void A_list_may_have_a_key_of_any_kind_that_is_unique_for_its_parent() => Map(
        Single with
        {
            Members =
            [
                List("Others", new("Id")),
                List("Others", new("Code", Creates: true)),
                List("Parts", new("Code", Removes: true)),
                List("Marks", new("Text", Creates: true, Removes: true)),
            ],
        },
        model: Lists);

    private static EntityMember List(string property, EntityList list, string member = "Text") =>
        new(property, [new(member)], list);

    private static void Lists(ModelBuilder model)
    {
        model.Entity<OtherThing>().HasIndex("ThingId", "Code").IsUnique();
        model.Entity<Thing>(static thing =>
        {
            thing.Property<string>("TenantId");
            thing.HasMany<Part>("Parts").WithOne().IsRequired();
            thing.HasMany<SharedThing>("Shared").WithMany();
            thing.HasMany<RecordThing>("Records").WithOne();
            thing.OwnsMany<OwnedThing>("Marks", static mark => mark.ToJson());
            thing.Property<List<Part>>("Column").HasConversion(static parts => "", static text => new());
        });
        model.Entity<Part>().HasKey("ThingId", nameof(Part.Series), nameof(Part.Code));
        model.Entity<Part>().HasIndex("ThingId", nameof(Part.Code)).IsUnique();
    }
}

public class Part
{
    public string Series { get; set; } = "";

    public int Code { get; set; }

    public string? Text { get; set; }
}

public class SharedThing
{
    public int Id { get; set; }

    public string? Text { get; set; }
}

public record RecordThing(int Id)
{
    public string? Text { get; set; }
}

public class OwnedThing
{
    public string? Text { get; set; }
}

public class OtherThing
{
    public int Id { get; set; }

    public int? ThingId { get; set; }

    public string TenantId { get; set; } = "";

    public int Code { get; set; }

    public string? Text { get; set; }
}
