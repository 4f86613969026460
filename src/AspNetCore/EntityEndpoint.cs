namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// What an endpoint declares about an entity of a database, as known at compile time: its tenant, its version and the members that a patch
/// may change.
/// </summary>
public sealed record EntityEndpoint
{
    /// <summary>The property that holds the tenant of a row; null where <see cref="IsSingleTenant"/>.</summary>
    public string? Tenant { get; init; }

    /// <summary>Whether every caller may reach every row (<see cref="PatchEndpointAttribute.SingleTenant"/>).</summary>
    public bool IsSingleTenant { get; init; }

    /// <summary>The property that every change advances; null where the model has one that needs no name.</summary>
    public string? Version { get; init; }

    /// <summary>The members that a patch may change.</summary>
    public IReadOnlyList<EntityMember> Members { get; init; } = [];
}

/// <summary>A property of an entity that a patch may change.</summary>
/// <param name="Property">The property.</param>
/// <param name="Members">
/// For a nested patch, and for a collection that is patched by key, the properties below it; null for a value that is set as a whole, and
/// for a collection that is below itself.
/// </param>
/// <param name="List">How a collection is patched by key (<see cref="KeyedByAttribute"/>); null for other members.</param>
public sealed record EntityMember(string Property, IReadOnlyList<EntityMember>? Members = null, EntityList? List = null);

/// <summary>How a collection of an entity is patched by key.</summary>
/// <param name="Key">The property of an item that has its key.</param>
/// <param name="Creates">Whether a value for a key that no item has creates one.</param>
/// <param name="Removes">Whether null may be sent, for an item or for all of them, and removes it.</param>
public sealed record EntityList(string Key, bool Creates = false, bool Removes = false);
