using System.ComponentModel;

namespace Layers.PatchGen.Json;

/// <summary>
/// Finds the keys of a patch that must be in lists of the document and are not. Called by generated code. A mutable struct: never copy it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct MissingTargets
{
    private static readonly PatchReadOptions AllProblems = new() { MaxProblems = int.MaxValue };

    internal PatchProblemCollector Problems;

    /// <summary>Throws if the document lacks an item that the patch has a value for. Nothing is changed.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="document">The document that it is to be applied to.</param>
    /// <exception cref="PatchTargetException">It does.</exception>
    public static void ThrowIfAny<TPatch, TDocument>(in TPatch patch, TDocument document)
        where TPatch : IPatch<TPatch, TDocument>
    {
        var missing = new MissingTargets { Problems = new(AllProblems) };
        TPatch.FindMissing(in patch, document, ref missing);
        if (missing.Problems.Count > 0)
        {
            throw new PatchTargetException(missing.Problems.ToProblems());
        }
    }

    /// <summary>Finds those of a keyed list.</summary>
    /// <param name="name">The member of the patch.</param>
    /// <param name="list">How items are found.</param>
    /// <param name="sent">The values by key.</param>
    /// <param name="items">The list of the document.</param>
    public void Keyed<TKey, TSent, TItem>(
        string name, KeyedList<TKey, TSent, TItem> list, IEnumerable<KeyValuePair<TKey, TSent?>>? sent, IEnumerable<TItem>? items)
        where TKey : notnull
    {
        if (sent is not null)
        {
            int entered = Problems.Enter();
            list.FindMissing(items, sent, ref this);
            Problems.Leave(entered, name);
        }
    }

    /// <summary>Finds those of a nested patch. A document that is missing is as a new one.</summary>
    public void Patch<TPatch, TDocument>(string name, TPatch? patch, TDocument? document)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new()
    {
        if (patch is { IsEmpty: false })
        {
            int entered = Problems.Enter();
            TPatch.FindMissing(in patch, document ?? new TDocument(), ref this);
            Problems.Leave(entered, name);
        }
    }

    /// <inheritdoc cref="Patch{TPatch, TDocument}(string, TPatch, TDocument)"/>
    public void Patch<TPatch, TDocument>(string name, TPatch? patch, TDocument? document)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : new() => Patch(name, patch.GetValueOrDefault(), document);

    /// <inheritdoc cref="Patch{TPatch, TDocument}(string, TPatch, TDocument)"/>
    public void Patch<TPatch, TDocument>(string name, TPatch? patch, TDocument? document)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : struct => Patch(name, patch, document.GetValueOrDefault());

    /// <inheritdoc cref="Patch{TPatch, TDocument}(string, TPatch, TDocument)"/>
    public void Patch<TPatch, TDocument>(string name, TPatch? patch, TDocument? document)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : struct => Patch(name, patch.GetValueOrDefault(), document.GetValueOrDefault());

    /// <summary>Finds those of a nested patch, where the nested document is never null.</summary>
    public void PatchExisting<TPatch, TDocument>(string name, TPatch? patch, TDocument? document)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : class
    {
        if (patch is not null && document is not null) // Applying the patch rejects such a document.
        {
            int entered = Problems.Enter();
            TPatch.FindMissing(in patch, document, ref this);
            Problems.Leave(entered, name);
        }
    }

    /// <summary>Finds those of the patches in a dictionary.</summary>
    public void Patches<TPatch, TDocument>(
        string name, IEnumerable<KeyValuePair<string, TPatch>>? sent, IEnumerable<KeyValuePair<string, TDocument>>? members)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : new()
    {
        int entered = Problems.Enter();
        Dictionary<string, TDocument> documents = PatchMaps.Copy(members);
        foreach ((string key, TPatch patch) in sent ?? [])
        {
            Patch(key, patch, documents.GetValueOrDefault(key));
        }

        Problems.Leave(entered, name);
    }

    /// <inheritdoc cref="Patches{TPatch, TDocument}"/>
    public void NullablePatches<TPatch, TDocument>(
        string name, IEnumerable<KeyValuePair<string, TPatch?>>? sent, IEnumerable<KeyValuePair<string, TDocument>>? members)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : new() =>
        Patches(name, sent?.Select(static one => KeyValuePair.Create(one.Key, one.Value.GetValueOrDefault())), members);
}
