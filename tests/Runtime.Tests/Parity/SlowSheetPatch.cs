using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Layers.PatchGen.Runtime.Tests.Parity;

/// <summary>
/// A slow and simple implementation of <see cref="SheetPatch"/>: on the platform's document model, member by member, without code of the
/// reader.
/// </summary>
internal static class SlowSheetPatch
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = PatchReadOptions.Default.MaxDepth };

    private static readonly string[] Colours = ["red", "sea green", "darkBlue"];

    /// <summary>The verdict, the problems as <c>code pointer</c> in ordinal order, and the body when it is a patch.</summary>
    public static (PatchVerdict Verdict, string[] Problems, JsonDocument? Body) Read(ReadOnlyMemory<byte> utf8)
    {
        JsonDocument body;
        try
        {
            body = JsonDocument.Parse(utf8, Options);
            Decode(body.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (PatchVerdict.Malformed, [], null);
        }

        var problems = new List<string>();
        if (body.RootElement.ValueKind != JsonValueKind.Object)
        {
            problems.Add("wrong_type ");
        }
        else
        {
            ReadSheet(body.RootElement, problems);
            if (problems.Count == 0 && body.RootElement.EnumerateObject().All(static m => m.Name == "id"))
            {
                problems.Add("empty_patch ");
            }
        }

        string[] fenced = [.. problems.Where(static p => p.StartsWith("fenced ", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return fenced.Length > 0 ? (PatchVerdict.Fenced, fenced, null)
            : problems.Count > 0 ? (PatchVerdict.Invalid, [.. problems.Order(StringComparer.Ordinal)], null)
            : (PatchVerdict.Ok, [], body);
    }

    /// <summary>The sheet with the body's members merged, and whether any value changed.</summary>
    public static (JsonNode Sheet, bool Changed) Apply(JsonNode sheet, JsonElement body)
    {
        JsonNode result = sheet.DeepClone();
        foreach (JsonProperty member in body.EnumerateObject())
        {
            switch (member.Name)
            {
                case "id":
                    break;
                case "part" when member.Value.ValueKind == JsonValueKind.Object:
                    if (member.Value.EnumerateObject().Any())
                    {
                        result["part"] = MergePart(result["part"] as JsonObject, member.Value);
                    }

                    break;
                case "labels" or "parts" when member.Value.ValueKind == JsonValueKind.Object:
                    JsonObject map = result[member.Name] as JsonObject ?? [];
                    foreach (JsonProperty entry in member.Value.EnumerateObject())
                    {
                        if (entry.Value.ValueKind == JsonValueKind.Null)
                        {
                            map.Remove(entry.Name);
                        }
                        else if (member.Name == "labels")
                        {
                            map[entry.Name] = Integer(entry.Value);
                        }
                        else if (entry.Value.EnumerateObject().Any())
                        {
                            map[entry.Name] = MergePart(map[entry.Name]?.DeepClone() as JsonObject, entry.Value);
                        }
                    }

                    if (result[member.Name] is not null || map.Count > 0)
                    {
                        result[member.Name] = map.Parent is null ? map : map.DeepClone();
                    }

                    break;
                case "delay":
                    result["delay"] =
                        JsonValue.Create(Duration(member.Value.GetString()!)!.Value.ToString("c", CultureInfo.InvariantCulture));
                    break;
                case "colours":
                    result["colours"] = new JsonArray(
                        [.. member.Value.EnumerateArray().Select(static c => c.GetString()).Distinct().Select(static c => (JsonNode)c!)]);
                    break;
                case "si\"zes":
                    result["sizes"] = new JsonArray([.. member.Value.EnumerateArray().Select(Integer)]);
                    break;
                case "count" or "weight":
                    result[member.Name] = Integer(member.Value);
                    break;
                default:
                    result[member.Name] = JsonNode.Parse(member.Value.GetRawText());
                    break;
            }
        }

        return (result, !Same(result, sheet));
    }

    // Integers are compared by value, not by text: -0 is 0.
    private static JsonNode? Integer(JsonElement value) =>
        JsonNode.Parse(
            value.ValueKind == JsonValueKind.Number
                ? BigInteger.Parse(value.GetRawText(), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
                : value.GetRawText());

    /// <summary>Equality by value, also where the platform's comparison throws: for an exponent beyond 32 bits.</summary>
    public static bool Same(JsonNode left, JsonNode right)
    {
        try
        {
            return JsonNode.DeepEquals(left, right);
        }
        catch (ArgumentOutOfRangeException)
        {
            return left.ToJsonString() == right.ToJsonString();
        }
    }

    // A declared member is set to null when it is cleared; others are removed.
    private static JsonObject MergePart(JsonObject? part, JsonElement sent)
    {
        JsonObject result = part ?? new JsonObject { ["label"] = null, ["spare"] = null };
        foreach (JsonProperty member in sent.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null && member.Name is not ("label" or "spare"))
            {
                result.Remove(member.Name);
            }
            else
            {
                result[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }
        }

        return result;
    }

    private static void ReadSheet(JsonElement body, List<string> problems)
    {
        var seen = new HashSet<string>();
        foreach (JsonProperty member in body.EnumerateObject())
        {
            JsonElement value = member.Value;
            string at = "/" + Escape(member.Name);
            bool isModelled = member.Name is "id" or "name" or "note" or "colour" or "enabled" or "count" or "weight" or "delay"
                or "colours" or "tags" or "si\"zes" or "part" or "labels" or "parts" or "later";
            if (isModelled && !seen.Add(member.Name))
            {
                problems.Add("duplicate_member " + at);
            }

            bool isNull = value.ValueKind == JsonValueKind.Null;
            if (isNull && isModelled && member.Name != "later")
            {
                if (member.Name is not ("note" or "colour" or "weight" or "tags" or "part" or "parts"))
                {
                    problems.Add("null_not_allowed " + at);
                }

                continue;
            }

            switch (member.Name)
            {
                case "id":
                    ReadString(value, at, problems, 0, int.MaxValue);
                    break;
                case "name":
                    ReadString(value, at, problems, 1, 8);
                    break;
                case "note":
                    if (ReadString(value, at, problems, 0, 12) is { } note && !Regex.IsMatch(note, @"\A[a-z ]*\z"))
                    {
                        problems.Add("bad_format " + at);
                    }

                    break;
                case "colour":
                    ReadColour(value, at, problems);
                    break;
                case "enabled":
                    if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    {
                        problems.Add("wrong_type " + at);
                    }

                    break;
                case "count":
                    if (ReadInteger(value, at, problems, int.MinValue, int.MaxValue) is { } count && (count < -5 || count > 100))
                    {
                        problems.Add("out_of_range " + at);
                    }

                    break;
                case "weight":
                    ReadInteger(value, at, problems, long.MinValue, long.MaxValue);
                    break;
                case "delay":
                    ReadDelay(value, at, problems);
                    break;
                case "colours":
                    ReadItems(value, at, problems, ReadColour);
                    break;
                case "tags":
                    if (
                        ReadItems(
                            value, at, problems, static (item, place, found) => ReadString(item, place, found, 0, int.MaxValue)) is > 3)
                    {
                        problems.Add("too_long " + at);
                    }

                    break;
                case "si\"zes":
                    ReadItems(
                        value, at, problems, static (item, place, found) => ReadInteger(item, place, found, int.MinValue, int.MaxValue));
                    break;
                case "part":
                    ReadPart(value, at, problems);
                    break;
                case "labels":
                    ReadMap(
                        value, at, problems, static (item, place, found) => ReadInteger(item, place, found, int.MinValue, int.MaxValue));
                    break;
                case "parts":
                    ReadMap(value, at, problems, ReadPart);
                    break;
                case "owner" or "later":
                    problems.Add("fenced " + at);
                    break;
                case "history":
                    if (!ReadFences(value, at, problems, "author", "state"))
                    {
                        problems.Add("unknown_member " + at);
                    }

                    break;
                default:
                    problems.Add("unknown_member " + at);
                    break;
            }
        }
    }

    private static bool ReadFences(JsonElement value, string at, List<string> problems, string leaf, string? branch)
    {
        bool found = false;
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                if (member.Name == leaf)
                {
                    problems.Add($"fenced {at}/{leaf}");
                    found = true;
                }
                else if (member.Name == branch)
                {
                    found |= ReadFences(member.Value, $"{at}/{branch}", problems, "code", null);
                }
            }
        }

        return found;
    }

    private static void ReadMap(JsonElement value, string at, List<string> problems, Action<JsonElement, string, List<string>> read)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add("wrong_type " + at);
            return;
        }

        var seen = new HashSet<string>();
        foreach (JsonProperty entry in value.EnumerateObject())
        {
            string place = $"{at}/{Escape(entry.Name)}";
            if (!seen.Add(entry.Name))
            {
                problems.Add("duplicate_member " + place);
            }
            else if (entry.Name.Length == 0 || entry.Name.EnumerateRunes().Count() > PatchReadOptions.Default.MaxOpenNameLength)
            {
                problems.Add((entry.Name.Length == 0 ? "too_short " : "too_long ") + place);
            }

            if (entry.Value.ValueKind != JsonValueKind.Null)
            {
                read(entry.Value, place, problems);
            }
        }
    }

    private static void ReadPart(JsonElement value, string at, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add("wrong_type " + at);
            return;
        }

        var seen = new HashSet<string>();
        int others = 0;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string place = $"{at}/{Escape(member.Name)}";
            if (member.Name == "maker")
            {
                problems.Add("fenced " + place);
                continue;
            }

            bool isFirst = seen.Add(member.Name);
            if (!isFirst)
            {
                problems.Add("duplicate_member " + place);
            }

            if (member.Name is "label" or "spare")
            {
                bool isRight = member.Value.ValueKind == JsonValueKind.Null
                    || (
                        member.Name == "label"
                            ? member.Value.ValueKind == JsonValueKind.String
                            : member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False);
                if (!isRight)
                {
                    problems.Add("wrong_type " + place);
                }

                continue;
            }

            others++;
            if (isFirst && member.Name.Length == 0)
            {
                problems.Add("too_short " + place);
            }
            else if (isFirst && member.Name.EnumerateRunes().Count() > PatchReadOptions.Default.MaxOpenNameLength)
            {
                problems.Add("too_long " + place);
            }

            FindDuplicates(member.Value, place, problems);
        }

        Assert.True(others <= PatchReadOptions.Default.MaxOpenMembers, "The reference does not implement this limit.");
    }

    private static void FindDuplicates(JsonElement value, string at, List<string> problems)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>();
            foreach (JsonProperty member in value.EnumerateObject())
            {
                string place = $"{at}/{Escape(member.Name)}";
                if (!seen.Add(member.Name))
                {
                    problems.Add("duplicate_member " + place);
                }

                FindDuplicates(member.Value, place, problems);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                FindDuplicates(item, string.Create(CultureInfo.InvariantCulture, $"{at}/{index++}"), problems);
            }
        }
    }

    private static string? ReadString(JsonElement value, string at, List<string> problems, int minimum, int maximum)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add("wrong_type " + at);
            return null;
        }

        string text = value.GetString()!;
        int length = text.EnumerateRunes().Count();
        if (length < minimum || length > maximum)
        {
            problems.Add((length < minimum ? "too_short " : "too_long ") + at);
        }

        return text;
    }

    private static void ReadColour(JsonElement value, string at, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add("wrong_type " + at);
        }
        else if (!Colours.Contains(value.GetString()))
        {
            problems.Add("not_allowed_value " + at);
        }
    }

    private static BigInteger? ReadInteger(JsonElement value, string at, List<string> problems, long minimum, long maximum)
    {
        string raw = value.GetRawText();
        if (value.ValueKind != JsonValueKind.Number || raw.AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
        {
            problems.Add("wrong_type " + at);
            return null;
        }

        var number = BigInteger.Parse(raw, CultureInfo.InvariantCulture);
        if (number < minimum || number > maximum)
        {
            problems.Add("out_of_range " + at);
            return null;
        }

        return number;
    }

    private static int? ReadItems(JsonElement value, string at, List<string> problems, Action<JsonElement, string, List<string>> read)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            problems.Add("wrong_type " + at);
            return null;
        }

        int before = problems.Count, index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{at}/{index++}");
            if (item.ValueKind == JsonValueKind.Null)
            {
                problems.Add("null_not_allowed " + place);
            }
            else
            {
                read(item, place, problems);
            }
        }

        return problems.Count == before ? index : null;
    }

    private static void ReadDelay(JsonElement value, string at, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add("wrong_type " + at);
        }
        else if (Duration(value.GetString()!) is not { } delay)
        {
            problems.Add("bad_format " + at);
        }
        else if (delay < TimeSpan.FromSeconds(30) || delay > TimeSpan.FromHours(1))
        {
            problems.Add("out_of_range " + at);
        }
    }

    // ISO 8601 with designators: a fraction in the last component only; nonzero months and years are out of range.
    private static TimeSpan? Duration(string text)
    {
        const string Number = @"\d+(?:[.,]\d+)?";
        Match match = Regex.Match(
            text,
            $@"\AP(?=[\dT])(?:({Number})Y)?(?:({Number})M)?(?:({Number})W)?(?:({Number})D)?"
                + $@"(?:T(?=\d)(?:({Number})H)?(?:({Number})M)?(?:({Number})S)?)?\z",
            RegexOptions.ECMAScript);
        if (!match.Success)
        {
            return null;
        }

        decimal[] seconds = [86_400 * 365, 86_400 * 30, 86_400 * 7, 86_400, 3_600, 60, 1];
        Group[] sent = [.. match.Groups.Values.Skip(1).Where(static g => g.Success)];
        if (sent.SkipLast(1).Any(static g => g.Value.AsSpan().IndexOfAny('.', ',') >= 0))
        {
            return null;
        }

        decimal total = 0;
        for (int i = 0; i < seconds.Length; i++)
        {
            total += match.Groups[i + 1].Success
                ? seconds[i] * decimal.Parse(match.Groups[i + 1].Value.Replace(',', '.'), CultureInfo.InvariantCulture)
                : 0;
        }

        return TimeSpan.FromTicks((long)(total * TimeSpan.TicksPerSecond));
    }

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    // The platform validates escapes and UTF-8 only when a string is read.
    private static void Decode(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Decode(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Decode(item);
                }

                break;
            case JsonValueKind.String:
                _ = value.GetString();
                break;
        }
    }
}
