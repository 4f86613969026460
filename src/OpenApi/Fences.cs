using System.Text.Json.Nodes;

namespace Layers.PatchGen.OpenApi;

/// <summary>The reserved members of a body, from <c>x-fenced</c> in its schema.</summary>
internal static class Fences
{
    /// <summary>Returns the paths from the root of the body, joined by dots, each with the name of its fence.</summary>
    public static IReadOnlyList<(string Path, string? Until)> Find(JsonObject schema)
    {
        var found = new List<(string, string?)>();
        Collect(schema, "", found);
        return found;
    }

    /// <summary>A body with one of them.</summary>
    public static string Body(string path)
    {
        JsonNode? body = null;
        foreach (string name in path.Split('.').Reverse())
        {
            body = new JsonObject { [name] = body };
        }

        return body!.ToJsonString();
    }

    private static void Collect(JsonObject schema, string prefix, List<(string, string?)> found)
    {
        foreach (JsonNode? fence in schema["x-fenced"] as JsonArray ?? [])
        {
            found.Add((prefix + fence!["path"], (string?)fence["until"]));
        }

        foreach ((string name, JsonNode? member) in schema["properties"] as JsonObject ?? [])
        {
            if (member is JsonObject nested)
            {
                Collect(nested, $"{prefix}{name}.", found);
            }
        }
    }
}
