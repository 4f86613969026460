using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>The rules of a guest, as simple as possible: which documents a patch may lead to, and how the record shows them.</summary>
internal static class GuestRules
{
    /// <summary>The members that a patch may write.</summary>
    public static readonly string[] Writable =
        ["name", "nickname", "age", "isRegular", "tags", "home", "scores", "homes", "notes", "place", "extra", "visits_at"];

    /// <summary>Why a patch cannot lead from one document to another; null if it can.</summary>
    public static string? Check(JsonObject before, JsonObject after)
    {
        IEnumerable<string> names = before.Select(static member => member.Key).Union(after.Select(static member => member.Key));
        return names.Except(Writable).Any(name => before.ContainsKey(name) != after.ContainsKey(name)
                || !SlowFormats.AreEqual(before[name], after[name])) ? "read-only"
            : !IsText(after["name"], 1, 20) ? "name"
            : !IsTextOrNull(after["nickname"]) || !IsTextOrNull(after["visits_at"]) ? "text"
            : after["age"] is { } age && !(IsInteger(age) && age.GetValue<int>() is >= 0 and <= 150) ? "age"
            : after["isRegular"]?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) ? "isRegular"
            : after["tags"] is not JsonArray { Count: <= 5 } tags || !tags.All(static tag => IsText(tag, 0, int.MaxValue)) ? "tags"
            : after["home"] is { } home && !IsHome(before["home"], home) ? "home"
            : !IsMap(before["scores"], after["scores"], static (_, score) => IsInteger(score)) ? "scores"
            : !IsMap(before["homes"], after["homes"], IsHome) ? "homes"
            : !IsMap(before["notes"], after["notes"], static (_, _) => true) ? "notes"
            : after["place"] is { } place && !IsPlace(place) ? "place"
            : null;
    }

    /// <summary>
    /// The document as the record shows it: absent and null are the same, a new home has an empty street, an empty home is not created, and
    /// an empty dictionary is like none.
    /// </summary>
    public static JsonObject Normalize(JsonNode? document, JsonObject before)
    {
        var result = (JsonObject)document!.DeepClone();
        if (result["home"] is JsonObject home)
        {
            result["home"] = NormalHome(home, before["home"]);
        }

        if (result["homes"] is JsonObject homes)
        {
            foreach ((string name, JsonNode? one) in homes.ToList())
            {
                homes[name] = NormalHome((JsonObject)one!, (before["homes"] as JsonObject)?[name]);
            }

            RemoveNulls(homes);
        }

        if (result["place"] is JsonObject place)
        {
            result["place"] = new JsonObject
            {
                ["x"] = place["x"]?.DeepClone() ?? 0,
                ["y"] = place["y"]?.DeepClone() ?? 0,
                ["label"] = place["label"]?.DeepClone(),
            };
        }

        foreach (string name in (string[])["scores", "homes", "notes"])
        {
            if (result[name] is JsonObject { Count: 0 })
            {
                result[name] = null;
            }
        }

        RemoveNulls(result);
        return result;
    }

    private static JsonObject? NormalHome(JsonObject home, JsonNode? before)
    {
        if (home.Count == 0 && before is null)
        {
            return null;
        }

        var result = (JsonObject)home.DeepClone();
        if (!result.ContainsKey("street"))
        {
            result["street"] = "";
        }

        if (result["city"] is null)
        {
            result.Remove("city");
        }

        return result;
    }

    private static void RemoveNulls(JsonObject of)
    {
        foreach (string name in of.Where(static member => member.Value is null).Select(static member => member.Key).ToList())
        {
            of.Remove(name);
        }
    }

    // What a home that exists has, it cannot lose. A null among its other members would remove one.
    private static bool IsHome(JsonNode? before, JsonNode? after) => after is JsonObject home
        && (IsText(home["street"], 1, 30) || (!home.ContainsKey("street") && before is not JsonObject))
        && IsTextOrNull(home["city"])
        && !HasNewNull(before, home, static name => name is not ("street" or "city"));

    private static bool IsMap(JsonNode? before, JsonNode? after, Func<JsonNode?, JsonNode?, bool> isValue) => after is null
        || (after is JsonObject map && !HasNewNull(before, map, static _ => true)
            && map.All(member => isValue((before as JsonObject)?[member.Key], member.Value)));

    private static bool HasNewNull(JsonNode? before, JsonObject after, Func<string, bool> matters) => after.Any(member =>
        member.Value is null && matters(member.Key)
        && !(before is JsonObject old && old.TryGetPropertyValue(member.Key, out JsonNode? was) && was is null));

    private static bool IsPlace(JsonNode node) => node is JsonObject place
        && IsNumberOrAbsent(place, "x") && IsNumberOrAbsent(place, "y") && IsTextOrNull(place["label"]);

    private static bool IsNumberOrAbsent(JsonObject of, string name) =>
        !of.ContainsKey(name) || of[name]?.GetValueKind() == JsonValueKind.Number;

    private static bool IsInteger(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue(out int _);

    private static bool IsTextOrNull(JsonNode? node) => node is null || IsText(node, 0, int.MaxValue);

    private static bool IsText(JsonNode? node, int min, int max) =>
        node?.GetValueKind() == JsonValueKind.String && node.GetValue<string>().Length >= min && node.GetValue<string>().Length <= max;
}
