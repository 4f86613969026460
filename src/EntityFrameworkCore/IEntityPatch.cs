using System.ComponentModel;
using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>A patch that can be executed as one UPDATE. Implemented by generated code.</summary>
/// <typeparam name="TSelf">The patch itself.</typeparam>
/// <typeparam name="TEntity">The entity.</typeparam>
public interface IEntityPatch<TSelf, TEntity>
    where TSelf : IEntityPatch<TSelf, TEntity>
{
    /// <summary>The property that is advanced; null where the model has one that needs no name.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract string? Version { get; }

    /// <summary>The properties that a patch may set.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract IReadOnlyList<EntityMember> Members { get; }

    /// <summary>Adds a setter for each member that was sent.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="setters">Receives the setters.</param>
    /// <param name="now">The time of the change.</param>
    /// <exception cref="NotSupportedException">A member was sent that one UPDATE cannot set.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void AddSetters(TSelf patch, UpdateSettersBuilder<TEntity> setters, DateTimeOffset now);
}
