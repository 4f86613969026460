using System.ComponentModel.DataAnnotations;
using Layers.PatchGen;

/// <summary>An entity like any other. A class with setters is patched in place, so that EF Core sees what changed.</summary>
internal sealed class Person
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public string? Email { get; set; }

    public bool IsActive { get; set; } = true;

    public Address Address { get; set; } = new();
}

/// <summary>An owned entity: columns of the same table.</summary>
internal sealed class Address
{
    public string? Street { get; set; }

    public string? City { get; set; }
}

/// <summary>What may be patched of a person: not the id, for one.</summary>
[Patch<Person>(RequireAny = true)]
internal sealed partial record PersonPatch
{
    [StringLength(80, MinimumLength = 1)]
    public partial string Name { get; init; }

    [StringLength(254)]
    [RegularExpression(@"[^@\s]+@[^@\s]+")]
    public partial string? Email { get; init; }

    public partial bool IsActive { get; init; }

    public partial AddressPatch Address { get; init; }
}

[Patch<Address>]
internal sealed partial record AddressPatch
{
    [StringLength(120)]
    public partial string? Street { get; init; }

    [StringLength(120)]
    public partial string? City { get; init; }
}
