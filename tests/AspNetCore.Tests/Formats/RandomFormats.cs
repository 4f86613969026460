using System.Text.Json.Nodes;

namespace Layers.PatchGen.AspNetCore.Tests.Formats;

/// <summary>Random values, merge patches and operations. Few names, so that they often meet.</summary>
internal sealed class RandomFormats(Random random)
{
    private static readonly string[] Names = ["a", "b", "c", "0", "a/b", "~", "é"];
    private static readonly string[] Scalars =
    [
        "0", "1", "1.0", "10e-1", "-0", "1e2", "100", "true", "false", "\"\"", "\"a\"", "\"\\u0061\"", "\"é\"",
    ];

    /// <summary>A value of any JSON.</summary>
    public string Value(int depth) => random.Next(depth > 0 ? 10 : 6) switch
    {
        0 => "null",
        < 6 => Pick(Scalars),
        < 8 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth - 1)))}]",
        _ => Object(depth - 1),
    };

    /// <summary>An object.</summary>
    public string Object(int depth) =>
        "{" + string.Join(',', Some(Names).Select(name => $"{JsonValue.Create(name).ToJsonString()}:{Value(depth)}")) + "}";

    /// <summary>Some of all, in any order.</summary>
    public IEnumerable<string> Some(string[] all) => all.Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next()).ToArray();

    /// <summary>Operations on a document, most of which address what is there.</summary>
    /// <param name="document">The document.</param>
    /// <param name="value">Makes a value for a path.</param>
    /// <param name="root">The prefix of all paths.</param>
    public string Operations(JsonNode? document, Func<string, string> value, string root = "")
    {
        string[] paths = [.. Paths(document, "").Skip(root.Length == 0 ? 1 : 0).Select(path => root + path)];
        return $"[{string.Join(',', Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Operation(paths, value, root)))}]";
    }

    private string Operation(string[] paths, Func<string, string> value, string root)
    {
        string path = Path(paths, root), from = Path(paths, root);
        string at = $"\"path\":{JsonValue.Create(path).ToJsonString()}";
        return random.Next(7) switch
        {
            0 or 1 => $$"""{"op":"add",{{at}},"value":{{value(path)}}}""",
            2 => $$"""{"op":"remove",{{at}}}""",
            3 => $$"""{"op":"replace",{{at}},"value":{{value(path)}}}""",
            4 => $$"""{"op":"move",{{at}},"from":{{JsonValue.Create(from).ToJsonString()}}}""",
            5 => $$"""{{{at}},"op":"copy","from":{{JsonValue.Create(from).ToJsonString()}}}""",
            _ => $$"""{"op":"test",{{at}},"value":{{value(path)}}}""",
        };
    }

    private string Path(string[] paths, string root)
    {
        string path = paths.Length == 0 ? root : Pick(paths);
        return path.Length > 0 && random.Next(3) > 0 ? path
            : path + "/" + (random.Next(3) == 0 ? Pick(["-", "1", "01", "zzz"]) : Pick(Names).Replace("~", "~0").Replace("/", "~1"));
    }

    private static IEnumerable<string> Paths(JsonNode? node, string path)
    {
        IEnumerable<(string Segment, JsonNode? Value)> below = node switch
        {
            JsonObject members => members.Select(static member => (member.Key.Replace("~", "~0").Replace("/", "~1"), member.Value)),
            JsonArray items => items.Select(static (item, index) => ($"{index}", item)),
            _ => [],
        };
        return below.SelectMany(one => Paths(one.Value, $"{path}/{one.Segment}")).Prepend(path);
    }

    /// <summary>One of some.</summary>
    public string Pick(string[] of) => of[random.Next(of.Length)];
}
