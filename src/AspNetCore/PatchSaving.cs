using System.Security.Claims;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Storage;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// A change in its transaction, as <see cref="PatchHandler{TPatch, TDocument}.OnSaving"/> receives it. Collects the documents that are
/// inserted with it.
/// </summary>
public sealed class PatchSaving<TPatch, TDocument>
{
    private readonly HookDocument<TDocument> _before;
    private readonly HookDocument<TDocument> _after;
    private readonly StoredDocument _stored;
    private readonly HttpContext _context;
    private readonly List<NewDocument> _inserts = [];

    internal PatchSaving(
        TPatch patch, HookDocument<TDocument> before, HookDocument<TDocument> after, StoredDocument stored, HttpContext context)
    {
        (_stored, _context) = (stored, context);
        (Patch, _before, _after) = (patch, before, after);
    }

    /// <summary>The patch that was sent.</summary>
    public TPatch Patch { get; }

    /// <summary>The document before the change, read from its JSON when it is first asked for.</summary>
    public TDocument Before => _before.Value;

    /// <summary>The document as it is saved. Do not change it: change it in <see cref="PatchHandler{T, T}.Apply"/>.</summary>
    public TDocument After => _after.Value;

    /// <summary>The key of the document.</summary>
    public DocumentKey Key => _stored.Key;

    /// <summary>The version that is saved, as in the <c>ETag</c>. It never recurs, so it can be the id of an inserted document.</summary>
    public string Version => _stored.Version.ToString();

    /// <summary>The caller.</summary>
    public ClaimsPrincipal User => _context.User;

    internal IReadOnlyList<NewDocument> Inserts => _inserts;

    /// <summary>Inserts a document of the same tenant.</summary>
    /// <param name="collection">Its collection.</param>
    /// <param name="id">
    /// Its id, which must be unused: the <see cref="Version"/>, or <see cref="Guid.CreateVersion7()"/> for an order by time.
    /// </param>
    /// <param name="document">The document.</param>
    /// <param name="json">The contract by which it is serialized.</param>
    public void Insert<T>(string collection, string id, T document, JsonTypeInfo<T> json) =>
        _inserts.Add(NewDocument.Create(new DocumentKey(_stored.Key.Tenant, collection, id), document, json));
}
