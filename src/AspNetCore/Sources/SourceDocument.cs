using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>A document with its version, as an <see cref="IDocumentSource{TDocument}"/> returns it.</summary>
/// <typeparam name="TDocument">The type of the document.</typeparam>
public readonly record struct SourceDocument<TDocument>
{
    private readonly TDocument? _value;
    private readonly string? _version;

    private readonly JsonTypeInfo<TDocument>? _json;

    /// <summary>Creates it from an object.</summary>
    /// <param name="value">The document.</param>
    /// <param name="version">
    /// The version, such as a number that every change increases, or a <see cref="Guid"/> that every change replaces: the opaque part of a
    /// strong entity tag, of ASCII characters without spaces and quotes (RFC 9110 section 8.8.3). Null for a document without versions: it
    /// has no <c>ETag</c>, and no <c>If-Match</c> but <c>*</c> allows a change.
    /// </param>
    /// <exception cref="ArgumentException">An entity tag cannot have this version.</exception>
    public SourceDocument(TDocument value, string? version)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
        _version = version;
        _ = ETag; // throws if it is invalid
    }

    internal SourceDocument(StoredDocument stored, JsonTypeInfo<TDocument> json) => (Stored, _json) = (stored, json);

    /// <summary>The document. One of a store is read from its JSON each time.</summary>
    public TDocument Value => Stored is null ? _value! : DocumentStoreJson.Read(Stored.Json, _json!);

    /// <summary>The version; null for a document without versions.</summary>
    public string? Version => Stored is null ? _version : Stored.Version.ToString();

    /// <summary>The document as stored; null for an object. It stays JSON, since most requests need nothing else.</summary>
    internal StoredDocument? Stored { get; }

    /// <summary>
    /// Called with the document after it was changed, before its limits and the rules of the handler are checked. May throw a
    /// <see cref="PatchRejectedException"/>.
    /// </summary>
    internal Action<TDocument>? Changed { get; init; }

    /// <summary>The strong entity tag.</summary>
    internal EntityTag ETag => Stored is null ? _version : EntityTag.Of(Stored.Version);

    /// <summary>Gets the JSON: the stored bytes, or the object as the contract writes it.</summary>
    internal ReadOnlyMemory<byte> ToJson(JsonTypeInfo<TDocument> json) => Stored?.Json ?? DocumentStoreJson.Write(_value!, json);
}
