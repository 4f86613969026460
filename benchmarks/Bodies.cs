using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.Benchmarks;

/// <summary>The bodies that are read.</summary>
internal static class Bodies
{
    /// <summary>A: two of the eleven members of an influencer.</summary>
    public static readonly byte[] A = """{"vibe":"precise and energetic","personality":{"humor":"observational"}}"""u8.ToArray();

    /// <summary>Like A, with another value: alternating between the two changes the document every time.</summary>
    public static readonly byte[] OtherA = """{"vibe":"unhurried","personality":{"humor":"observational"}}"""u8.ToArray();

    /// <summary>B: an engagement config; arrays of enums, a string beyond ASCII, a duration.</summary>
    public static readonly byte[] B = (
        """{"enabled":true,"firstComment":{"targets":["tiktok","instagram"],"commentTemplate":"""u8
        + "\"Brewing tip: use filtered water — makes a bigger difference than you'd expect.\"},"u8
        + "\"replyToComments\":{\"targets\":[\"tiktok\",\"instagram\"],\"autoReplyDelay\":\"PT3M\"}}"u8).ToArray();

    /// <summary>C: all eleven members of an influencer.</summary>
    public static readonly byte[] C = (
        """{"name":"Ava Chen","gender":"female","ageRange":"25-34","ethnicity":"East Asian","bodyType":"athletic","hairColor":"""u8
        + "\"black\",\"hairStyle\":\"long and straight\",\"style\":\"minimalist streetwear\",\"vibe\":\"precise and energetic\","u8
        + "\"voiceDescription\":\"warm, quick, slightly husky\",\"personality\":"u8
        + """{"traits":["curious","patient","dry"],"humor":"observational"}}"""u8).ToArray();

    /// <summary>D: an unknown member and an invalid enum value.</summary>
    public static readonly byte[] D =
        """{"vibes":"precise and energetic","gender":"robot","name":"Ava Chen","personality":{"humor":"observational"}}"""u8.ToArray();

    /// <summary>T: body A, truncated.</summary>
    public static readonly byte[] T = A[..^20];

    /// <summary>P: body A, indented.</summary>
    public static readonly byte[] P = """
        {
          "vibe": "precise and energetic",
          "personality": {
            "humor": "observational"
          }
        }
        """u8.ToArray();

    /// <summary>E: a hundred scalar members, in the order of their declaration.</summary>
    public static readonly byte[] E = Hundred(shuffled: false);

    /// <summary>E': the same members in a random order.</summary>
    public static readonly byte[] EShuffled = Hundred(shuffled: true);

    /// <summary>S: 1 MB of short strings in an array.</summary>
    public static readonly byte[] S = Strings(1_000_000);

    /// <summary>O: 30 KB of deeply mixed JSON inside an open object.</summary>
    public static readonly byte[] O = Open(30_000);

    /// <summary>An array of short strings, of about this many bytes in all.</summary>
    public static byte[] Strings(int bytes)
    {
        var random = new Random(7);
        var text = new StringBuilder("""{"tags":[""");
        for (int i = 0; text.Length < bytes; i++)
        {
            text.Append(i == 0 ? "" : ",").Append('"').Append('a', random.Next(1, 30)).Append(
                CultureInfo.InvariantCulture, $" tag {i}").Append('"');
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    /// <summary>One string of about this many bytes.</summary>
    public static byte[] OneString(int bytes) => Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', bytes)}}"}""");

    /// <summary>All members of a patch whose members are integers.</summary>
    public static byte[] Members<T>()
    {
        var random = new Random(13);
        var body = new JsonObject();
        foreach (
            System.Reflection.PropertyInfo property in typeof(T).GetProperties().Where(
                static property => property.PropertyType == typeof(int?)))
        {
            body[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = random.Next(100_000);
        }

        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static byte[] Hundred(bool shuffled)
    {
        var random = new Random(11);
        System.Reflection.PropertyInfo[] properties = typeof(Models.HundredClass).GetProperties();
        if (shuffled)
        {
            random.Shuffle(properties);
        }

        var body = new JsonObject();
        foreach (System.Reflection.PropertyInfo property in properties)
        {
            body[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] =
                (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
            {
                Type type when type == typeof(string) => new string('x', random.Next(4, 24)),
                Type type when type == typeof(bool) => random.Next(2) == 0,
                Type type when type == typeof(double) => Math.Round(random.NextDouble() * 1000, 2),
                _ => random.Next(100_000),
            };
        }

        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static byte[] Open(int bytes)
    {
        var random = new Random(5);
        var other = new JsonObject();
        int length = 0;
        for (int i = 0; length < bytes; i++)
        {
            // An open object has at most 64 members, so each is large.
            JsonNode value = new JsonArray([.. Enumerable.Range(0, 6).Select(_ => Mixed(random, 6))]);
            other[$"member {i}"] = value;
            length += value.ToJsonString().Length + 13;
        }

        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["personality"] = other });
    }

    private static JsonNode Mixed(Random random, int depth)
    {
        int kind = random.Next(depth == 0 ? 5 : 9);
        switch (kind)
        {
            case 0:
                return random.Next(1_000_000);
            case 1:
                return random.Next(2) == 0;
            case 2:
                return Math.Round(random.NextDouble(), 6);
            case 3 or 4:
                return "text " + new string('y', random.Next(20));
            case 5 or 6:
                return new JsonArray([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Mixed(random, depth - 1))]);
            default:
                var made = new JsonObject();
                for (int i = random.Next(1, 7); i > 0; i--)
                {
                    made["name" + i.ToString(CultureInfo.InvariantCulture)] = Mixed(random, depth - 1);
                }

                return made;
        }
    }
}
