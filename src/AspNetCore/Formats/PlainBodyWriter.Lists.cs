using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

// Lists that are patched by key: the plain body has the items that were changed, added and removed, by their keys.
internal readonly partial struct PlainBodyWriter
{
    /// <summary>Writes the difference of two lists. Their order does not matter.</summary>
    /// <param name="list">The list.</param>
    /// <param name="before">The list before; null if there was none.</param>
    /// <param name="after">The list after.</param>
    /// <param name="path">The list, in names of the document.</param>
    public void WriteList(ListShape list, JsonTree? before, JsonTree after, string[] path)
    {
        int problems = Invalid.Count;
        Dictionary<string, (JsonTree Item, int Index)> was = [], now = [];
        if (after.Kind != JsonValueKind.Array)
        {
            AddInvalid(path, PatchProblemCodes.WrongType, "Must be an array.");
        }
        else
        {
            (was, now) = (ByKey(list, before, path, "The list of the document is not in order: "), ByKey(list, after, path));
        }

        writer.WriteStartObject();
        if (Invalid.Count == problems)
        {
            WriteItems(list, was, now, path);
        }

        writer.WriteEndObject();
    }

    private void WriteItems(
        ListShape list,
        Dictionary<string, (JsonTree Item, int Index)> was,
        Dictionary<string, (JsonTree Item, int Index)> now,
        string[] path)
    {
        foreach ((string key, (JsonTree item, int index)) in now)
        {
            string[] place = [.. path, BodyProblems.Text(index)];
            bool existed = was.Remove(key, out (JsonTree Item, int Index) old);
            if (!existed && !list.CreatesItems)
            {
                Missing.Add(place);
            }

            if (!existed || !JsonTree.AreEqual(old.Item, item))
            {
                writer.WritePropertyName(key);
                WriteChanges(list.Items, existed ? old.Item : null, item, place, list.Key);
            }
        }

        foreach (string key in was.Keys)
        {
            writer.WriteNull(key);
        }
    }

    /// <summary>The items by key.</summary>
    /// <param name="list">The list.</param>
    /// <param name="array">Its items.</param>
    /// <param name="path">The list, in names of the document.</param>
    /// <param name="owner">What a problem begins with, if it is not the body's.</param>
    private Dictionary<string, (JsonTree Item, int Index)> ByKey(ListShape list, JsonTree? array, string[] path, string owner = "")
    {
        var found = new Dictionary<string, (JsonTree Item, int Index)>(StringComparer.Ordinal);
        ReadOnlySpan<JsonTree> items = array is { Kind: JsonValueKind.Array } ? array.Items : [];
        for (int i = 0; i < items.Length; i++)
        {
            JsonTree item = items[i];
            string[] place = owner.Length == 0 ? [.. path, BodyProblems.Text(i)] : path;
            if (list.KeyOf(item, out (string Code, string Message)? problem) is not { } key)
            {
                AddInvalid(place, problem!.Value.Code, owner + problem.Value.Message);
            }
            else if (!found.TryAdd(key, (item, i)))
            {
                AddInvalid(place, PatchProblemCodes.DuplicateItem, $"{owner}Another item has the same \"{list.Key}\".");
            }
        }

        return found;
    }

    /// <summary>Writes what differs, so that members that are the same need no permission.</summary>
    private void WriteChanges(ValueShape shape, JsonTree? before, JsonTree after, string[] path, string? key = null)
    {
        if (shape is WholeShape or ListShape || after.Kind != JsonValueKind.Object)
        {
            WriteWhole(shape, before, after, path);
            return;
        }

        writer.WriteStartObject();
        foreach (JsonTree.Member member in after.Members)
        {
            JsonTree? was = before?.Find(member.Name);
            if (member.Name != key && (was is null || !JsonTree.AreEqual(was, member.Value))
                && CanWrite(shape, member.Name, before, member.Value, path))
            {
                WriteChanges(Below(shape, member.Name), was, member.Value, [.. path, member.Name]);
            }
        }

        WriteRemoved(shape, before, after);
        writer.WriteEndObject();
    }

    private void AddInvalid(string[] path, string code, string message) => Invalid.Add((path, new(Pointer.To(path), code, message)));
}
