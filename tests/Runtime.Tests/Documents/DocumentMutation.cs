using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Documents;

/// <summary>Changes a document into one that its contract would not write.</summary>
internal static class DocumentMutation
{
    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Changes a document.</summary>
    /// <param name="random">The source.</param>
    /// <param name="ways">The kind of the document.</param>
    /// <param name="document">The document.</param>
    /// <param name="isInside">Whether the change is within a value that the patch keeps or replaces as a whole.</param>
    /// <returns>What was changed; <c>canonical</c> if nothing was.</returns>
    public static string Apply(Random random, DocumentWays ways, ref byte[] document, out bool isInside)
    {
        string text = Encoding.UTF8.GetString(document);
        JsonNode root = JsonNode.Parse(text)!;
        JsonObject[] objects = [.. Objects(root)], patched = [.. Patched(ways.Table, ways.Contract, root)];
        objects = random.Next(4) == 0 ? objects : patched;
        JsonObject one = objects[random.Next(objects.Length)];
        isInside = !patched.Contains(one);
        string[] names = [.. one.Select(static member => member.Key)];
        if (names.Length == 0)
        {
            return "canonical";
        }

        string name = names[random.Next(names.Length)], what;
        switch (random.Next(13))
        {
            case 0:
                what = "another order";
                JsonNode? first = one[name];
                one.Remove(name);
                one.Insert(random.Next(one.Count + 1), name, first);
                break;
            case 1:
                what = "a missing member";
                one.Remove(name);
                break;
            case 2:
                what = "an unknown member";
                one.Insert(random.Next(one.Count + 1), "later", new JsonArray(1, 2));
                break;
            case 3:
                what = "a duplicate member";
                one.Insert(random.Next(one.Count + 1), "twice-" + name, one[name]?.DeepClone());
                break;
            case 4:
                what = "null";
                one[name] = null;
                break;
            case 5:
                what = "another type";
                one[name] = random.Next(3) switch { 0 => 5, 1 => "text", _ => new JsonObject() };
                break;
            case 6:
                what = "white space";
                document = Encoding.UTF8.GetBytes(root.ToJsonString(new JsonSerializerOptions(Relaxed) { WriteIndented = true }));
                return what;
            case 7:
                what = "one space";
                text = InsertAfter(random, text, ",:[{", " ");
                document = Encoding.UTF8.GetBytes(text);
                return what;
            case 8:
                what = "escapes";
                document = Encoding.UTF8.GetBytes(root.ToJsonString());
                return what;
            case 9:
                what = "an escaped letter";
                int letter = random.Next(text.Length);
                text = char.IsAsciiLetter(text[letter]) && text[letter - 1] != '\\' && IsInString(text, letter)
                    ? $"{text[..letter]}\\u{(int)text[letter]:X4}{text[(letter + 1)..]}"
                    : text;
                document = Encoding.UTF8.GetBytes(text);
                return what;
            case 10:
                what = "another spelling";
                document = Encoding.UTF8.GetBytes(text.Replace("+00:00\"", "Z\"").Replace("\":1,", "\":1e0,").Replace("PT0S", "PT0H"));
                return what;
            case 11:
                what = "no JSON";
                int at = random.Next(text.Length);
                document = Encoding.UTF8.GetBytes(random.Next(2) == 0 ? text[..at] : text.Insert(at, random.Next(2) == 0 ? "," : "}"));
                return what;
            default:
                what = "no UTF-8";
                document = (byte[])document.Clone();
                document[random.Next(document.Length)] = 0xFF;
                return what;
        }

        document = Encoding.UTF8.GetBytes(root.ToJsonString(Relaxed).Replace("\"twice-", "\""));
        return what;
    }

    /// <summary>The objects that the patch and its nested patches change.</summary>
    private static IEnumerable<JsonObject> Patched(MemberTable table, JsonTypeInfo contract, JsonNode? node)
    {
        if (node is not JsonObject members)
        {
            return [];
        }

        return contract.Properties.SelectMany(property =>
            table.Rows.FirstOrDefault(row => row.Nested is not null && row.DocumentProperty == DocumentWays.Declared(property))
                is { Nested.Table: { } nested }
                ? Patched(nested, DocumentWays.Contents(property), members[property.Name])
                : []).Prepend(members);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(static member => Objects(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };

    private static string InsertAfter(Random random, string text, string marks, string inserted)
    {
        int[] places = [.. Enumerable.Range(0, text.Length).Where(i => marks.Contains(text[i]) && !IsInString(text, i))];
        return places.Length == 0 ? text : text.Insert(places[random.Next(places.Length)] + 1, inserted);
    }

    private static bool IsInString(string text, int at)
    {
        bool isIn = false;
        for (int i = 0; i < at; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                isIn = !isIn;
            }
        }

        return isIn;
    }
}
