using System.Linq.Expressions;
using System.Reflection;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>How the endpoints of one entity type use it. The properties can be bound by the options pattern.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public sealed class EntityDocumentOptions<TEntity>
    where TEntity : class
{
    private readonly HashSet<string> _references = [];

    /// <summary>
    /// Allows an entity without a version: its endpoints have no <c>ETag</c>, and of concurrent patches of one row the last one wins, so
    /// that a value that is computed from the row may be lost. Otherwise such an entity is an error at start.
    /// </summary>
    public bool LastWriteWins { get; set; }

    /// <summary>
    /// How long a patch is applied again when other writes come between; 5 seconds by default. After that, the response is 409.
    /// </summary>
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal IReadOnlySet<string> References => _references;

    /// <summary>
    /// Allows a nested patch to change a referenced entity, which other entities may refer to as well: it changes for all of them, and its
    /// own version is not advanced.
    /// </summary>
    /// <param name="reference">The reference: <c>order => order.Customer</c>.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">It is not a property of the entity.</exception>
    public EntityDocumentOptions<TEntity> PatchReference<TReference>(Expression<Func<TEntity, TReference?>> reference)
        where TReference : class
    {
        ArgumentNullException.ThrowIfNull(reference);
        _references.Add(reference.Body is MemberExpression { Member: PropertyInfo property, Expression: ParameterExpression }
            ? property.Name
            : throw new ArgumentException($"Must name a property of {typeof(TEntity).Name}.", nameof(reference)));
        return this;
    }
}
