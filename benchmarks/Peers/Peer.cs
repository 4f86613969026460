using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.JsonPatch;
using Newtonsoft.Json;

namespace Layers.PatchGen.Benchmarks.Peers;

/// <summary>Other ways to read a patch.</summary>
internal static class Peer
{
    /// <summary>Reads all tokens and keeps nothing: the baseline of all ratios.</summary>
    public static int Tokenise(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        int tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    /// <summary>Like <see cref="Tokenise"/>, for a body that is not JSON.</summary>
    public static int TokeniseUntilThrown(byte[] body)
    {
        try
        {
            return Tokenise(body);
        }
        catch (System.Text.Json.JsonException)
        {
            return -1;
        }
    }

    /// <summary>Reads a body with System.Text.Json; null if it throws.</summary>
    public static T? Deserialize<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return System.Text.Json.JsonSerializer.Deserialize(body, type);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>Parses a body and merges it onto a document of nodes (RFC 7396).</summary>
    public static JsonNode? Merge(byte[] body, JsonNode? document)
    {
        try
        {
            return Merge(document, JsonNode.Parse(body));
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads the operations of a JSON Patch (RFC 6902).</summary>
    public static JsonPatchDocument<T>? ReadOperations<T>(string operations)
        where T : class => JsonConvert.DeserializeObject<JsonPatchDocument<T>>(operations);

    /// <summary>The JSON Patch with the same effect as a merge patch.</summary>
    public static string Operations(byte[] body)
    {
        var operations = new JsonArray();
        Collect(JsonNode.Parse(body)!.AsObject(), "", operations);
        return operations.ToJsonString();
    }

    private static void Collect(JsonObject patch, string pointer, JsonArray operations)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is JsonObject inner)
            {
                Collect(inner, $"{pointer}/{name}", operations);
            }
            else
            {
                operations.Add(new JsonObject { ["op"] = "replace", ["path"] = $"{pointer}/{name}", ["value"] = value?.DeepClone() });
            }
        }
    }

    private static JsonNode? Merge(JsonNode? document, JsonNode? patch)
    {
        if (patch is not JsonObject members)
        {
            return patch;
        }

        JsonObject target = document as JsonObject ?? [];
        foreach ((string name, JsonNode? value) in members.ToArray())
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else
            {
                members.Remove(name);
                JsonNode? before = target[name];
                JsonNode? merged = Merge(before, value);
                if (!ReferenceEquals(merged, before))
                {
                    target[name] = merged;
                }
            }
        }

        return target;
    }
}
