using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>A document for a hook: an object, or JSON that is read when the hook first asks for it. Thread-safe.</summary>
internal sealed class HookDocument<TDocument> : IEquatable<HookDocument<TDocument>>
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly JsonTypeInfo<TDocument>? _contract;
    private StrongBox<TDocument>? _value;

    public HookDocument(TDocument value) => _value = new(value);

    public HookDocument(ReadOnlyMemory<byte> json, JsonTypeInfo<TDocument> contract) => (_json, _contract) = (json, contract);

    public TDocument Value => (_value ?? Read()).Value!;

    public bool Equals(HookDocument<TDocument>? other) =>
        other is not null && EqualityComparer<TDocument>.Default.Equals(Value, other.Value);

    public override bool Equals(object? obj) => Equals(obj as HookDocument<TDocument>);

    public override int GetHashCode() => Value is { } value ? EqualityComparer<TDocument>.Default.GetHashCode(value) : 0;

    private StrongBox<TDocument> Read()
    {
        var read = new StrongBox<TDocument>(DocumentStoreJson.Read(_json, _contract!));
        return Interlocked.CompareExchange(ref _value, read, null) ?? read; // one object for all who ask
    }
}
