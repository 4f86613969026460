using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>
/// Finds the open objects, dictionaries and keyed lists of a document that have more members than allowed, among those that a patch was
/// sent members of. Called by generated code. A mutable struct: never copy it.
/// </summary>
/// <param name="max">The most members that one of them may have.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct PatchMemberLimit(int max)
{
    private static readonly PatchReadOptions AllProblems = new() { MaxProblems = int.MaxValue };

    internal PatchProblemCollector Problems = new(AllProblems);

    /// <summary>Whether all of them are within the limit. Allocates only for dictionaries and lists of patches.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="document">The document with the patch applied.</param>
    /// <param name="max">The most members that one of them may have.</param>
    public static bool IsMet<TPatch, TDocument>(in TPatch patch, TDocument document, int max)
        where TPatch : IPatch<TPatch, TDocument>
    {
        var limit = new PatchMemberLimit(max);
        TPatch.CountMembers(in patch, document, ref limit);
        return limit.Problems.Count == 0;
    }

    /// <summary>
    /// Finds those that a patch made grow beyond the limit. Those that were as large before are not reported, so that they can shrink step
    /// by step.
    /// </summary>
    /// <param name="patch">The patch.</param>
    /// <param name="before">What <see cref="Find"/> has found in the document as it was.</param>
    /// <param name="after">The document with the patch applied.</param>
    /// <param name="max">The most members that one of them may have.</param>
    /// <returns>A problem for each, with its place in the body.</returns>
    public static IReadOnlyList<PatchProblem> FindGrown<TPatch, TDocument>(
        in TPatch patch, PatchProblems before, TDocument after, int max)
        where TPatch : IPatch<TPatch, TDocument>
    {
        ArgumentNullException.ThrowIfNull(before);
        return Find(in patch, after, max).GrownFrom(before);
    }

    /// <summary>Finds those that are beyond the limit, whether the patch made them grow or not.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="document">The document, with the patch applied or without.</param>
    /// <param name="max">The most members that one of them may have.</param>
    /// <returns>A problem for each, with its place in the body.</returns>
    public static PatchProblems Find<TPatch, TDocument>(in TPatch patch, TDocument document, int max)
        where TPatch : IPatch<TPatch, TDocument>
    {
        var limit = new PatchMemberLimit(max);
        TPatch.CountMembers(in patch, document, ref limit);
        return limit.Problems.ToProblems();
    }

    /// <summary>Counts the members of an open object that are not modelled.</summary>
    public void Open(IEnumerable<KeyValuePair<string, JsonElement>>? members) => Count(ProblemKind.TooManyMembersMerged, members);

    /// <summary>Counts the members of a dictionary.</summary>
    /// <param name="name">The member of the patch.</param>
    /// <param name="members">The dictionary of the document.</param>
    /// <param name="maxKeys">The most members that this dictionary may have, if fewer than any other.</param>
    public void Map<T>(string name, IEnumerable<KeyValuePair<string, T>>? members, int maxKeys = int.MaxValue)
    {
        int entered = Problems.Enter();
        Count(ProblemKind.TooManyKeysMerged, members, maxKeys);
        Problems.Leave(entered, name);
    }

    /// <summary>Counts in a dictionary of documents, and in those that were sent patches.</summary>
    /// <param name="name">The member of the patch.</param>
    /// <param name="sent">The patches.</param>
    /// <param name="members">The dictionary of the document.</param>
    /// <param name="maxKeys">The most members that this dictionary may have, if fewer than any other.</param>
    public void Patches<TPatch, TDocument>(
        string name,
        IEnumerable<KeyValuePair<string, TPatch>>? sent,
        IEnumerable<KeyValuePair<string, TDocument>>? members,
        int maxKeys = int.MaxValue)
        where TPatch : IPatch<TPatch, TDocument>
    {
        int entered = Problems.Enter();
        Count(ProblemKind.TooManyKeysMerged, members, maxKeys);
        IReadOnlyDictionary<string, TDocument> documents = members as IReadOnlyDictionary<string, TDocument> ?? PatchMaps.Copy(members);
        foreach ((string key, TPatch patch) in sent ?? [])
        {
            Patch(key, patch, documents.GetValueOrDefault(key));
        }

        Problems.Leave(entered, name);
    }

    /// <inheritdoc cref="Patches{TPatch, TDocument}"/>
    public void NullablePatches<TPatch, TDocument>(
        string name,
        IEnumerable<KeyValuePair<string, TPatch?>>? sent,
        IEnumerable<KeyValuePair<string, TDocument>>? members,
        int maxKeys = int.MaxValue)
        where TPatch : struct, IPatch<TPatch, TDocument> =>
        Patches(name, sent?.Select(static one => KeyValuePair.Create(one.Key, one.Value.GetValueOrDefault())), members, maxKeys);

    /// <summary>Counts the items of a keyed list, and in those that were sent patches.</summary>
    /// <param name="name">The member of the patch.</param>
    /// <param name="list">How items are found.</param>
    /// <param name="sent">The patches by key.</param>
    /// <param name="items">The list of the document.</param>
    /// <param name="maxKeys">The most items that this list may have, if fewer than any other.</param>
    public void Keyed<TKey, TSent, TItem>(
        string name,
        KeyedList<TKey, TSent, TItem> list,
        IEnumerable<KeyValuePair<TKey, TSent?>>? sent,
        IEnumerable<TItem>? items,
        int maxKeys = int.MaxValue)
        where TKey : notnull
    {
        int entered = Problems.Enter();
        Count(ProblemKind.TooManyItemsMerged, items, maxKeys);
        if (sent is not null)
        {
            list.CountMembers(items, sent, ref this);
        }

        Problems.Leave(entered, name);
    }

    /// <summary>Counts in a nested document. A missing document has no members.</summary>
    public void Patch<TPatch, TDocument>(string name, TPatch? patch, TDocument? document)
        where TPatch : IPatch<TPatch, TDocument>
    {
        if (patch is not null && document is not null)
        {
            int entered = Problems.Enter();
            TPatch.CountMembers(in patch, document, ref this);
            Problems.Leave(entered, name);
        }
    }

    /// <inheritdoc cref="Patch{TPatch, TDocument}(string, TPatch, TDocument)"/>
    public void Patch<TPatch, TDocument>(string name, TPatch? patch, TDocument? document)
        where TPatch : struct, IPatch<TPatch, TDocument> => Patch(name, patch.GetValueOrDefault(), document);

    /// <inheritdoc cref="Patch{TPatch, TDocument}(string, TPatch, TDocument)"/>
    public void Patch<TPatch, TDocument>(string name, TPatch? patch, TDocument? document)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : struct => Patch(name, patch, document.GetValueOrDefault());

    /// <inheritdoc cref="Patch{TPatch, TDocument}(string, TPatch, TDocument)"/>
    public void Patch<TPatch, TDocument>(string name, TPatch? patch, TDocument? document)
        where TPatch : struct, IPatch<TPatch, TDocument>
        where TDocument : struct => Patch(name, patch.GetValueOrDefault(), document.GetValueOrDefault());

    private void Count<T>(ProblemKind kind, IEnumerable<T>? members, int maxKeys = int.MaxValue)
    {
        int count = members?.Count() ?? 0, most = Math.Min(max, maxKeys);
        if (count > most)
        {
            Problems.Add(kind, null, null, count, most);
        }
    }
}
