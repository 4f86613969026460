using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Testing;

/// <summary>A document with members that only some callers may write.</summary>
public sealed record Staff
{
    public const string Collection = "staff";

    [Key]
    public string StaffId { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Note { get; init; }

    public int Salary { get; init; }

    public string? Soon { get; init; }

    public StaffHome Home { get; init; } = new();

    public static Task InsertAsync(IServiceProvider services, string id, int salary = 1) =>
        services.GetRequiredService<IDocumentStore>().InsertAsync(
            new DocumentKey("", Collection, id), new Staff { StaffId = id, Name = "a", Salary = salary }, StaffJson.Default.Staff).AsTask();
}

public sealed record StaffHome
{
    public string? City { get; init; }

    public string? Code { get; init; }
}

[Patch<Staff>]
public sealed partial record StaffPatch
{
    [Counted, StringLength(20, MinimumLength = 1)]
    public partial string Name { get; init; }

    [Counted]
    public partial string? Note { get; init; }

    [WriteScope("hr"), Counted(IsScoped = true), Range(0, 10)]
    public partial int Salary { get; init; }

    [FencedUntil("v1")]
    public partial string? Soon { get; init; }

    public partial StaffHomePatch Home { get; init; }
}

[Patch<StaffHome>]
public sealed partial record StaffHomePatch
{
    [Counted]
    public partial string? City { get; init; }

    [WriteScope("hr:home"), Counted(IsScoped = true), StringLength(3)]
    public partial string? Code { get; init; }
}

/// <summary>The same members, with other rules and types for those that need a scope.</summary>
[Patch<Staff>]
public sealed partial record OtherStaffPatch
{
    [Counted, StringLength(20, MinimumLength = 1)]
    public partial string Name { get; init; }

    [Counted]
    public partial string? Note { get; init; }

    [WriteScope("hr"), Counted(IsScoped = true), Range(1_000, 2_000)]
    public partial int Salary { get; init; }

    [FencedUntil("v1")]
    public partial string? Soon { get; init; }

    public partial OtherStaffHomePatch Home { get; init; }
}

[Patch<StaffHome>]
public sealed partial record OtherStaffHomePatch
{
    [Counted]
    public partial string? City { get; init; }

    [WriteScope("hr:home"), Counted(IsScoped = true), RegularExpression("[a-z]{5}")]
    public partial string? Code { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Staff))]
public sealed partial class StaffJson : JsonSerializerContext;

/// <summary>Counts how often the rules of members run.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CountedAttribute : ValidationAttribute
{
    private static int _checks;
    private static int _scopedChecks;

    public bool IsScoped { get; set; }

    public static int Checks => _checks;

    public static int ScopedChecks => _scopedChecks;

    public override bool IsValid(object? value)
    {
        Interlocked.Increment(ref IsScoped ? ref _scopedChecks : ref _checks);
        return true;
    }
}

/// <summary>The work done for requests: how often hooks ran and documents were changed.</summary>
public sealed class StaffWork
{
    public int Validated { get; set; }

    public int Applied { get; set; }

    public int Total => Validated + Applied;
}

/// <summary>A handler that counts its work.</summary>
public sealed class StaffHandler<TPatch>(string route, StaffWork work) : PatchHandler<TPatch, Staff>
    where TPatch : IPatch<TPatch, Staff>
{
    protected override PatchEndpoint Endpoint { get; } = new()
    {
        Pattern = route,
        Collection = Staff.Collection,
        Resource = "Staff",
        RouteParameters = [new("staffId", nameof(Staff.StaffId), EndpointMemberKind.String, IsKey: true)],
    };

    protected override JsonTypeInfo<Staff> DocumentJson => StaffJson.Default.Staff;

    protected override void Validate(TPatch patch, PatchValidation validation) => work.Validated++;

    protected override Staff Apply(TPatch patch, Staff document, out bool changed)
    {
        work.Applied++;
        return base.Apply(patch, document, out changed);
    }
}
