using System.Globalization;
using System.Text;

namespace Layers.PatchGen.Runtime.Tests.Parity;

/// <summary>Random bodies: a mix of valid patches and of every kind of error.</summary>
internal static class RandomBody
{
    private static readonly string[] Names =
        ["id", "name", "note", "colour", "enabled", "count", "weight", "delay", "colours", "tags", "si\"zes", "part", "labels", "parts"];

    private static readonly string[] Keys = ["a", "b", "päron", "a/b~c", "😀"];

    private static readonly string[] OddNames =
        ["later", "owner", "history", "nmae", "Name", "", "a/b~c", "päronträd", "name ", "n\0", "author", "😀"];

    private static readonly string[] Strings =
        [
            "", "a", "abc", "red", "sea green", "darkBlue", "Red", "PT30S", "PT1H", "PT5M0.5S", "P1D", "PT29.999S", "PT", "PT1H0.001S",
            "12345678", "123456789", "😀😀😀😀😀😀😀😀", "ä b", "tab\tquote\"back\\", "\u2028", "\u0000",
        ];

    private static readonly string[] Raw =
    [
        "true", "false", "null", "0", "-0", "-5", "-6", "100", "101", "2147483647", "2147483648", "9223372036854775808", "1.0", "1e2",
        "-1E-2", "[]", "{}", "[[]]", "123456789012345678901234567890",
    ];

    public static byte[] Make(Random random)
    {
        var text = new StringBuilder();
        Object(random, text, Sheet, random.Next(6));
        byte[] body = Encoding.UTF8.GetBytes(text.ToString());
        if (random.Next(3) == 0)
        {
            body = Mutate(random, body);
        }

        return body;
    }

    private static byte[] Mutate(Random random, byte[] body)
    {
        var bytes = body.ToList();
        for (int i = random.Next(1, 3); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveAt(at);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes[at] = (byte)"{}[]\",:\\/u0 \n-e."[random.Next(16)];
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Object(Random random, StringBuilder text, Action<Random, StringBuilder> member, int count)
    {
        text.Append('{').Append(Space(random));
        for (int i = 0; i < count; i++)
        {
            text.Append(i > 0 ? "," : "").Append(Space(random));
            member(random, text);
        }

        text.Append('}').Append(Space(random));
    }

    private static void Sheet(Random random, StringBuilder text)
    {
        string name = random.Next(12) == 0 ? OddNames[random.Next(OddNames.Length)] : Names[random.Next(Names.Length)];
        Name(random, text, name);
        if (random.Next(14) == 0)
        {
            Any(random, text, 0);
            return;
        }

        switch (name)
        {
            case "id" or "name" or "note":
                String(random, text, random.Next(4) == 0 ? Strings[random.Next(Strings.Length)] : "abc xyz"[..random.Next(1, 7)]);
                break;
            case "colour":
                String(random, text, Strings[random.Next(3, 6)]);
                break;
            case "enabled":
                text.Append(random.Next(2) == 0 ? "true" : "false");
                break;
            case "count" or "weight":
                text.Append(random.Next(-5, 101).ToString(CultureInfo.InvariantCulture));
                break;
            case "delay":
                String(random, text, $"PT{random.Next(1, 59).ToString(CultureInfo.InvariantCulture)}M");
                break;
            case "colours":
                Items(random, text, static (r, t) => String(r, t, Strings[r.Next(3, 6)]));
                break;
            case "tags":
                Items(random, text, static (r, t) => String(r, t, Strings[r.Next(Strings.Length)]));
                break;
            case "si\"zes":
                Items(random, text, static (r, t) => t.Append(r.Next(-100, 100).ToString(CultureInfo.InvariantCulture)));
                break;
            case "part":
                Object(random, text, Part, random.Next(4));
                break;
            case "labels":
                Object(
                    random,
                    text,
                    static (r, t) => Entry(r, t, static (r, t) => t.Append(r.Next(-2, 3).ToString(CultureInfo.InvariantCulture))),
                    random.Next(4));
                break;
            case "parts":
                Object(random, text, static (r, t) => Entry(r, t, static (r, t) => Object(r, t, Part, r.Next(3))), random.Next(4));
                break;
            case "history":
                Object(random, text, History, random.Next(3));
                break;
            default:
                Any(random, text, 0);
                break;
        }
    }

    // Sometimes null or a random value.
    private static void Entry(Random random, StringBuilder text, Action<Random, StringBuilder> value)
    {
        Name(
            random,
            text,
            random.Next(60) == 0 ? "" : random.Next(60) == 0 ? new string('n', random.Next(63, 67)) : Keys[random.Next(Keys.Length)]);
        switch (random.Next(12))
        {
            case 0:
                Any(random, text, 1);
                break;
            case < 4:
                text.Append("null");
                break;
            default:
                value(random, text);
                break;
        }
    }

    private static void Part(Random random, StringBuilder text)
    {
        string name = random.Next(20) == 0 ? "maker" : random.Next(20) == 0 ? OddNames[random.Next(OddNames.Length)] : (
            (string[])["label", "spare", "x", "y", "shape"])[random.Next(5)];
        Name(random, text, name);
        switch (name)
        {
            case "label":
                String(random, text, Strings[random.Next(Strings.Length)]);
                break;
            case "spare":
                text.Append(((string[])["true", "false", "null"])[random.Next(3)]);
                break;
            default:
                Any(random, text, 0);
                break;
        }
    }

    private static void History(Random random, StringBuilder text)
    {
        string name = ((string[])["author", "state", "code", "other"])[random.Next(4)];
        Name(random, text, name);
        if (name == "state" && random.Next(2) == 0)
        {
            Object(random, text, History, random.Next(3));
        }
        else
        {
            Any(random, text, 1);
        }
    }

    private static void Any(Random random, StringBuilder text, int depth)
    {
        switch (random.Next(depth > 3 ? 3 : 6))
        {
            case 0:
                String(random, text, Strings[random.Next(Strings.Length)]);
                break;
            case 1 or 2:
                text.Append(Raw[random.Next(Raw.Length)]);
                break;
            case 3:
                Items(random, text, (r, t) => Any(r, t, depth + 1));
                break;
            default:
                Object(random, text, (r, t) =>
                {
                    Name(r, t, ((string[])["a", "b", "c", "d", "e", "f", "g", "päron"])[r.Next(8)]);
                    Any(r, t, depth + 1);
                }, random.Next(4));
                break;
        }
    }

    private static void Items(Random random, StringBuilder text, Action<Random, StringBuilder> item)
    {
        text.Append('[').Append(Space(random));
        for (int i = 0, count = random.Next(5); i < count; i++)
        {
            text.Append(i > 0 ? "," : "").Append(Space(random));
            item(random, text);
        }

        text.Append(']');
    }

    private static void Name(Random random, StringBuilder text, string name)
    {
        String(random, text, name);
        text.Append(Space(random)).Append(':').Append(Space(random));
    }

    private static void String(Random random, StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            bool mustEscape = c is '"' or '\\' or < ' ';
            if (mustEscape || random.Next(40) == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                text.Append(c);
            }
        }

        text.Append('"').Append(Space(random));
    }

    private static string Space(Random random) => random.Next(12) == 0 ? ((string[])[" ", "\n", "\t", "\r\n", "  "])[random.Next(5)] : "";
}
