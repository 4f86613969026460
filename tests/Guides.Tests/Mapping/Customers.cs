using System.ComponentModel.DataAnnotations;
using Layers.PatchGen.AspNetCore;
using Microsoft.AspNetCore.Http;
using Riok.Mapperly.Abstractions;

namespace Layers.PatchGen.Guides.Tests.Mapping;

public sealed class Customer
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public string? Email { get; set; }

    public string PasswordHash { get; set; } = "";
}

public sealed record CustomerResponse(int Id, string Name, string? Email);

[Patch<Customer>(RequireAny = true)]
public sealed partial record CustomerPatch
{
    [StringLength(80, MinimumLength = 1)]
    public partial string Name { get; init; }

    public partial string? Email { get; init; }
}

[Mapper(RequiredMappingStrategy = RequiredMappingStrategy.Target)]
public static partial class CustomerMapper
{
    public static partial CustomerResponse ToResponse(this Customer customer);
}

public static class CustomerEndpoints
{
    public static IResult Patch(int id, PatchBody<CustomerPatch> body, Dictionary<int, Customer> customers)
    {
        if (!customers.TryGetValue(id, out Customer? customer))
        {
            return Results.NotFound();
        }

        body.Patch.ApplyTo(customer);
        return Results.Ok(customer.ToResponse());
    }
}
