namespace Layers.PatchGen.Generator.Model;

/// <summary>What is written of a patch for <c>ExecutePatchAsync</c>, where the project uses Entity Framework Core.</summary>
/// <param name="Version">The property of the version; null where the model has one without a name.</param>
/// <param name="Setters">The columns that a patch sets.</param>
internal sealed record UpdateSpec(string? Version, ImmutableEquatableArray<SetterSpec> Setters);

/// <summary>How a member sets columns.</summary>
/// <param name="Name">The patch's property.</param>
/// <param name="Target">The entity's property.</param>
/// <param name="Type">The type of the entity's property.</param>
/// <param name="Converts">The member has another type, and may be null, for which a conversion of the user's is not called.</param>
/// <param name="IsTime">It is a <c>DateTimeOffset</c>, which not every database stores with its offset.</param>
/// <param name="Nested">The nested patch; null for a value.</param>
/// <param name="Setters">Of a nested patch, how its members set columns.</param>
/// <param name="Obstacle">Why one UPDATE cannot set it; null where it can.</param>
internal sealed record SetterSpec(
    string Name,
    string Target,
    TypeSpec Type,
    bool Converts,
    bool IsTime,
    TypeSpec? Nested,
    ImmutableEquatableArray<SetterSpec> Setters,
    UpdateObstacle? Obstacle);

/// <summary>Why a member cannot be set by one UPDATE.</summary>
internal enum UpdateObstacle
{
    /// <summary>A nested patch whose entity may be null: an UPDATE of its columns would not create it.</summary>
    OptionalParent,

    /// <summary>A dictionary or an open object, which is merged with what there is.</summary>
    Merge,

    /// <summary>A list that is patched by key, whose items have rows of their own.</summary>
    List,

    /// <summary>A nested patch that contains itself.</summary>
    Recursion,
}
