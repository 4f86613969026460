using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Layers.PatchGen.AspNetCore;

namespace Layers.PatchGen.Guides.Tests.Audit;

public sealed record Account
{
    [Key]
    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public Address Address { get; init; } = new();

    public string[] Tags { get; init; } = [];

    public Dictionary<string, int> Limits { get; init; } = [];

    [NotInResponse]
    public string? Pin { get; init; }
}

public sealed record Address
{
    public string? City { get; init; }

    [NotInResponse]
    public string? Code { get; init; }
}

[Patch<Account>]
[PatchEndpoint("/accounts/{accountId}", Context = typeof(AccountJson))]
public sealed partial record AccountPatch
{
    public partial string Name { get; init; }

    public partial AddressPatch Address { get; init; }

    public partial string[] Tags { get; init; }

    public partial Dictionary<string, int?> Limits { get; init; }

    public partial string? Pin { get; init; }
}

[Patch<Address>]
public sealed partial record AddressPatch
{
    public partial string? City { get; init; }

    public partial string? Code { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Account))]
public sealed partial class AccountJson : JsonSerializerContext;
