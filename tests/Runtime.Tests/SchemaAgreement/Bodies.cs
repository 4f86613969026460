using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Runtime.Tests.SchemaAgreement;

/// <summary>Bodies of a patch: each member with each value of a pool, and random bodies, mostly of valid values.</summary>
internal sealed class Bodies(Func<byte[], bool> accepts, IReadOnlyList<string> members)
{
    private static readonly string[] Texts =
    [
        "", "a", "ab", "abc", "abcd", "A", "low", "high", "male", "female", "Male", "null", "true", "1",
        "😀", "😀😀😀", "😀😀😀😀",
        "tab\\tquote\\\"", "\\u0000", "\\ud83d\\ude00", "\\ud83d", "a\\n",
        "00000000-0000-0000-0000-000000000000", "6F9619FF-8B86-d011-b42d-00c04fc964ff", "urn:uuid:6f9619ff-8b86-d011-b42d-00c04fc964ff",
        "6f9619ff8b86d011b42d00c04fc964ff", "{6f9619ff-8b86-d011-b42d-00c04fc964ff}",
        "2026-04-18T09:30:00Z", "2026-04-18t09:30:00.123456789z", "2026-04-18T09:30:00+02:00", "2026-04-18T09:30:00+15:00",
        "2026-04-18T23:59:60Z", "2016-12-31T23:59:60Z", "2026-04-18 09:30:00Z", "2026-04-18T09:30:00",
        "2026-02-29T00:00:00Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "2026-04-18", "2024-02-29", "2025-02-29", "2026-4-18",
        "0000-01-01", "9999-12-31",
        "09:30:00", "09:30:00.5", "09:30", "24:00:00", "09:30:60", "09:30:00Z", "09:30:00.", "09:30:00.12345678901",
        "PT30S", "PT1H", "PT29.999S", "PT3600.0000000000001S", "PT5M30S", "PT0,5H", "P1D", "P1W", "P1W1D", "P1DT12H", "P1Y", "P0Y", "P1M",
        "P", "PT", "P1", "PT1H1", "-PT1H", "pt1h", "PT1.S", "PT1.5M1S", "P99999999999D",
        "https://example.org/a?b#c", "a/b", "//", "http://[", "ä b", "http:// x", ":",
        "AAAA", "AAA=", "AA==", "AAA", "AA", "A===", "AA-_", "AAAA AAAA", "AAB=", "AB==", "+/+/", "ada@example.org",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "{}", "[]", "0", "-0", "1", "-1", "-5", "-6", "2.5", "2.50000001", "-1.5", "100", "101", "127", "128",
        "255", "256", "-128", "32767", "32768", "-32768", "-32769", "2147483647", "2147483648",
        "-2147483649", "4294967295", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "-9223372036854775809", "18446744073709551615", "18446744073709551616",
        "1.0", "1e2", "10E-1", "-0.0", "1.5", "0.1", "1e-400", "1e400", "-1e400", "3.4028234663852886e38", "3.5e38",
        "1.7976931348623157e308", "79228162514264337593543950335", "79228162514264337593543950336", "8e28",
        "123456789012345678901234567890",
        "[1]", "[1,1]", "[1,1.0]", "[1,2,3]", "[1,2,3,4]", "[true]", "[true,true]", "[null]", "[[]]", """["a"]""", """["a","a"]""",
        """["a","b"]""", """["male"]""", """["male","male"]""", """["Male"]""", "[1.5]", "[1e400]", "[32768]",
        """["00000000-0000-0000-0000-000000000000"]""", """[{},1,"x",[null]]""", """["x",null]""", """{"a":1,"a":2}""",
        """[{"a":{"b":1,"b":2}}]""",
        """{"count":1}""", """{"count":null}""", """{"count":1.5}""", """{"count":1,"x":2}""", """{"label":"x"}""",
        """{"label":null,"free":[1,{"a":null}]}""", """{"label":1}""", """{"maker":1}""", """{"history":{"author":1}}""",
        """{"history":{"year":1}}""", """{"history":1}""", """{"history":null}""", """{"history":{}}""", """{"":1}""",
        $$"""{"{{new string('n', 64)}}":1}""", $$"""{"{{new string('n', 65)}}":1}""", """{"free":null}""", """{"outer":{"id":"x"}}""",
        """{"outer":{"inner":{"count":1}}}""", """{"outer":{"open":{"x":1}}}""", """{"outer":{"owner":1}}""", """{"outer":{"wrong":1}}""",
        $$"""{{{string.Join(",", Enumerable.Range(0, 64).Select(static i => $"\"n{i}\":1"))}}}""",
        $$"""{{{string.Join(",", Enumerable.Range(0, 65).Select(static i => $"\"n{i}\":1"))}}}""",
        """{"tea":3}""", """{"tea":null}""", """{"tea":"x"}""", """{"tea":3,"tea":4}""", """{"tea":3,"coffee":2147483648}""",
        """{"tea":1.0}""", """{"wait":"PT5M"}""", """{"wait":"P1M"}""",
        """{"part":{"label":"x","free":1}}""", """{"part":{"maker":1}}""", """{"part":null}""", """{"part":{"label":1}}""",
        """{"7":{"count":1}}""", """{"7":null}""", """{"255":{"count":1}}""", """{"256":{"count":1}}""", """{"07":{"count":1}}""",
        """{"-7":{"count":1}}""", """{"+7":null}""", """{"7":{"count":"x"}}""", """{"7":{},"7":{}}""", """{"7 ":{"count":1}}""",
        """{"7":{"count":1},"8":{"count":1},"9":{"count":1}}""", """{"7\n":{"count":1}}""",
        """{"00000000-0000-0000-0000-00000000000a":{"count":1}}""", """{"00000000-0000-0000-0000-00000000000A":{"count":1}}""",
        """{"{00000000-0000-0000-0000-00000000000a}":null}""",
        """{"article":"x"}""", """{"article":"x","amount":2,"note":null}""", """{"article":null}""", """{"amount":2}""",
        """{"article":"x","amount":2.5}""", """{"article":"x","amount":2147483648}""", """{"article":"x","amount":1e2}""",
        """{"article":"x","colour":1}""", """{"article":"x","amount":null}""", """[{"article":"x"}]""",
        """[{"article":"x"},{"article":"y"}]""", """[{"article":"x"},{"article":"y"},{"article":"z"}]""", """[{"article":1}]""",
        new string('[', 31) + new string(']', 31), new string('[', 32) + new string(']', 32),
        .. Texts.Select(static text => $"\"{text}\""),
    ];

    private static readonly string[] OtherNames = ["nothing", "Text", "", "owner", "history", "later", "maker", "n/a"];

    private const string Syntax = "{}[]\",:\\/u0 \n-e.19\u007f";

    private readonly string[] _names = [.. members, .. OtherNames.Except(members)];

    // For each member, the values that its reader accepts.
    private readonly string[][] _fitting =
        [.. members.Select(member => Values.Where(value => accepts(Body($"{Name(member)}:{value}"))).ToArray())];

    public IEnumerable<byte[]> Exhaustive() =>
    [
        .. Values.Select(Encoding.UTF8.GetBytes),
        .. _names.SelectMany(static name => Values.Select(value => Body($"{Name(name)}:{value}"))),
        Body($"{Name(_names[0])}:\"{new string('x', 70_000)}\""),
    ];

    public byte[] Random(Random random)
    {
        var text = new StringBuilder("{");
        int[] order = Enumerable.Range(0, members.Count).ToArray();
        random.Shuffle(order);
        foreach (int member in order.Take(random.Next(1, 7)))
        {
            // Sometimes a duplicate or an unknown name.
            int index = random.Next(12) == 0 ? random.Next(_names.Length) : member;
            string[] values = random.Next(12) == 0 || index >= members.Count || _fitting[index].Length == 0 ? Values : _fitting[index];
            text.Append(text.Length > 1 ? "," : "").Append(Name(_names[index])).Append(':').Append(values[random.Next(values.Length)]);
        }

        byte[] body = Encoding.UTF8.GetBytes(text.Append('}').ToString());
        if (random.Next(8) == 0)
        {
            body[random.Next(body.Length)] = (byte)Syntax[random.Next(Syntax.Length)];
        }

        return body;
    }

    private static string Name(string name) => $"\"{JsonEncodedText.Encode(name)}\"";

    private static byte[] Body(string members) => Encoding.UTF8.GetBytes($$"""{{{members}}}""");
}
