using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>The slow reference: a shelf as JSON, patched in simple steps, with the size of each object and of the whole measured.</summary>
internal sealed class ShelfModel(JsonObject shelf, int maxMembers, int maxBytes)
{
    /// <summary>The options that documents are stored with, so that the reference measures the same bytes.</summary>
    public static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The current shelf, without the time of its last change.</summary>
    public JsonObject Shelf { get; private set; } = shelf;

    /// <summary>Applies a patch if it must be accepted.</summary>
    /// <returns>The problems that it must be rejected with: pointers and codes, sorted.</returns>
    public string[] Patch(JsonObject patch)
    {
        var after = (JsonObject)Shelf.DeepClone();
        List<(string Pointer, JsonObject Object, bool IsOpen)> touched = [];
        foreach ((string name, JsonNode? value) in patch)
        {
            switch (name)
            {
                case "remark":
                    after["note"] = value?.DeepClone();
                    break;
                case "prices":
                    Set((JsonObject)after["prices"]!, (JsonObject)value!);
                    touched.Add(("/prices", (JsonObject)after["prices"]!, false));
                    break;
                case "boxes":
                    var boxes = (JsonObject)after["boxes"]!;
                    foreach ((string key, JsonNode? box) in (JsonObject)value!)
                    {
                        PatchBox(boxes, key, box, $"/boxes/{key}", removes: true, touched);
                    }

                    touched.Add(("/boxes", boxes, false));
                    break;
                case "front":
                    PatchBox(after, "front", value, "/front", removes: false, touched);
                    break;
                default:
                    Set(after, new JsonObject { [name] = value?.DeepClone() });
                    touched.Add(("", after, true));
                    break;
            }
        }

        if (JsonNode.DeepEquals(Shelf, after))
        {
            return [];
        }

        string[] problems = [.. touched
            .Where(one => Count(one.Object, one.IsOpen) > maxMembers && Count(one.Object, one.IsOpen) > Count(
                At(Shelf, one.Pointer), one.IsOpen))
            .Select(one => $"{one.Pointer} too_long").Distinct().Order(StringComparer.Ordinal)];
        if (problems.Length == 0 && Size(after) > maxBytes && Size(after) > Size(Shelf))
        {
            problems = [$"/{InOrder(patch).OrderByDescending(member => Growth(member.Key, member.Value, after)).First().Key} too_large"];
        }

        Shelf = problems.Length == 0 ? after : Shelf;
        return problems;
    }

    // As in a patch: declared members first.
    private static IEnumerable<KeyValuePair<string, JsonNode?>> InOrder(JsonObject patch) =>
        patch.OrderBy(member => member.Key switch { "remark" => 0, "prices" => 1, "boxes" => 2, "front" => 3, _ => 4 });

    // The document has another name for the remark, so the size of what was sent counts.
    private int Growth(string name, JsonNode? sent, JsonObject after) =>
        name == "remark" ? sent is null ? 0 : Size(sent)
        : (after.ContainsKey(name) ? Size(after[name]) : 0) - (Shelf.ContainsKey(name) ? Size(Shelf[name]) : 0);

    private static void PatchBox(
        JsonObject parent, string key, JsonNode? sent, string pointer, bool removes, List<(string, JsonObject, bool)> touched)
    {
        if (sent is null && removes)
        {
            parent.Remove(key);
        }
        else if (sent is null)
        {
            parent[key] = null;
        }
        else if (sent.AsObject().Count > 0)
        {
            parent[key] ??= new JsonObject { ["size"] = 0 };
            Set((JsonObject)parent[key]!, (JsonObject)sent);
            if (sent.AsObject().Any(member => member.Key != "size"))
            {
                touched.Add((pointer, (JsonObject)parent[key]!, true));
            }
        }
    }

    private static void Set(JsonObject target, JsonObject sent)
    {
        foreach ((string name, JsonNode? value) in sent)
        {
            target.Remove(name);
            if (value is not null)
            {
                target[name] = value.DeepClone();
            }
        }
    }

    // Names of undeclared members start with x.
    private static int Count(JsonObject? of, bool isOpen) => of?.Count(member => !isOpen || member.Key.StartsWith('x')) ?? 0;

    private static JsonObject? At(JsonObject root, string pointer) =>
        pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(
            (JsonNode?)root, (node, name) => (node as JsonObject)?[name]) as JsonObject;

    private static int Size(JsonNode? node) => System.Text.Encoding.UTF8.GetByteCount(node?.ToJsonString(Written) ?? "null");
}
