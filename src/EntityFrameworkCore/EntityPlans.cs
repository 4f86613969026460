using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.AspNetCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Options;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>The plans of one entity type, by the endpoint and the model, of which a context may have several.</summary>
internal sealed class EntityPlans<TEntity>(IOptions<EntityDocumentOptions<TEntity>> options)
    where TEntity : class
{
    private readonly ConcurrentDictionary<Key, EntityPlan<TEntity>> _plans = new();

    public EntityDocumentOptions<TEntity> Options { get; } = options.Value;

    public EntityPlan<TEntity> Get(DbContext db, PatchEndpoint endpoint, JsonTypeInfo<TEntity> json)
    {
        var key = new Key(db.Model, endpoint);
        return _plans.TryGetValue(key, out EntityPlan<TEntity>? plan)
            ? plan
            : _plans.GetOrAdd(key, new EntityPlan<TEntity>(db.Model, db.Database.ProviderName, endpoint, json, Options));
    }

    /// <summary>Compared by reference: there is one instance of each.</summary>
    private readonly struct Key(IModel model, PatchEndpoint endpoint) : IEquatable<Key>
    {
        private readonly IModel _model = model;
        private readonly PatchEndpoint _endpoint = endpoint;

        public bool Equals(Key other) => ReferenceEquals(_model, other._model) && ReferenceEquals(_endpoint, other._endpoint);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(_model), RuntimeHelpers.GetHashCode(_endpoint));
    }
}
