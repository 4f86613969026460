using System.Text.Json.Nodes;

namespace Layers.PatchGen.Runtime.Tests.Lists;

/// <summary>The merge by key, written for JSON and as plainly as possible: the reference of <see cref="KeyedListParityTests"/>.</summary>
internal static class SlowCrate
{
    private static readonly Shape Tag = new("key", """{"key":"","weight":0}""", []);

    private static readonly Shape Part = new(
        "id", """{"id":0,"name":null,"count":0,"tags":null}""", new() { ["tags"] = (() => Tag!, IsList: true, Creates: false) });

    public static readonly Shape Box = new("", """{"parts":null,"tags":[],"fixed":[]}""", new()
    {
        ["parts"] = (() => Part, IsList: true, Creates: true),
        ["tags"] = (() => Tag, IsList: true, Creates: true),
        ["fixed"] = (() => Part, IsList: true, Creates: false),
    });

    public static readonly Shape Crate = new("", """{"slots":[],"parts":null,"set":[],"label":null}""", new()
    {
        ["slots"] = (() => Slot!, IsList: true, Creates: true),
        ["parts"] = (() => Part, IsList: true, Creates: true),
        ["set"] = (() => Slot!, IsList: true, Creates: false),
    });

    private static readonly Shape Slot = new("id", """{"id":0,"name":null,"tags":[],"inner":null}""", new()
    {
        ["tags"] = (() => Tag, IsList: true, Creates: true),
        ["inner"] = (() => Crate, IsList: false, Creates: true),
    });

    /// <summary>An object: the member with its key, a new one, and the members that are merged.</summary>
    internal sealed record Shape(string Key, string New, Dictionary<string, (Func<Shape> Of, bool IsList, bool Creates)> Merged);

    /// <summary>Applies a body, and adds the pointers of what is missing; then the document means nothing.</summary>
    public static void Apply(JsonObject document, JsonObject body, Shape shape, string at, List<string> missing)
    {
        foreach ((string name, JsonNode? sent) in body)
        {
            if (sent is null || !shape.Merged.TryGetValue(name, out (Func<Shape> Of, bool IsList, bool Creates) merged))
            {
                document[name] = sent?.DeepClone();
            }
            else if (merged.IsList)
            {
                document[name] = Merge(document[name] as JsonArray, (JsonObject)sent, merged.Of(), merged.Creates, $"{at}/{name}", missing);
            }
            else if (((JsonObject)sent).Count > 0)
            {
                document[name] ??= JsonNode.Parse(merged.Of().New);
                Apply((JsonObject)document[name]!, (JsonObject)sent, merged.Of(), $"{at}/{name}", missing);
            }
        }
    }

    private static JsonArray? Merge(JsonArray? list, JsonObject sent, Shape items, bool creates, string at, List<string> missing)
    {
        List<JsonNode?> result = [.. (list ?? []).Select(static item => item?.DeepClone())];
        bool IsAt(JsonNode? item, string key) => item?[items.Key]?.ToString() == key;
        foreach ((string key, JsonNode? value) in sent)
        {
            JsonNode? item = result.Find(one => IsAt(one, key));
            if (value is null)
            {
                result.RemoveAll(one => IsAt(one, key));
            }
            else if (item is not null)
            {
                Apply((JsonObject)item, (JsonObject)value, items, $"{at}/{key}", missing);
            }
            else if (!creates)
            {
                missing.Add($"{at}/{key}");
            }
            else
            {
                item = JsonNode.Parse(items.New)!;
                item[items.Key] = items.Key == "id" ? JsonNode.Parse(key) : key;
                Apply((JsonObject)item, (JsonObject)value, items, $"{at}/{key}", missing);
                result.Add(item);
            }
        }

        return list is null && result.Count == 0 ? null : new JsonArray([.. result]);
    }
}
