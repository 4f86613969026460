using System.Text;
using System.Text.Json.Serialization;
using Layers.PatchGen.Json;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>The exact number of bytes that reading allocates.</summary>
public class AllocationTests
{
    [Fact]
    public void A_struct_allocates_only_its_strings()
    {
        Assert.Equal(
            StringSize("Ava") + StringSize("energetic and playful, in more than thirty-two bytes"),
            Cost<InfluencerPatch>("""{"name":"Ava","vibe":"energetic and playful, in more than thirty-two bytes","gender":"female"}"""));
        Assert.Equal(StringSize("é😀/"), Cost<InfluencerPatch>("""{"vibe":"é\ud83d\ude00\/"}"""));
        Assert.Equal(0, Cost<InfluencerPatch>("""{"vibe":null,"gender":"nonbinary"}"""));
        Assert.Equal(0, Cost<InfluencerPatch>("""{"vibe":"","gender":"n\u006fnbinary"}"""));
        Assert.Equal(0, Cost<ReplyPatch>("""{"autoReplyDelay":"PT3M","maximum":-0}""".Replace("-0", "12")));
        Assert.Equal(0, Cost<ReplyPatch>("""{"autoR\u0065plyDelay":"PT\u0033M","maximum":null}"""));
    }

    [Fact]
    public void Numbers_of_an_enum_allocate_nothing()
    {
        Assert.Equal(0, Cost<DaysPatch>("""{"on":2}"""));
        Assert.Equal(0, Cost<DaysPatch>("""{"on":3}""")); // combined
    }

    [Fact]
    public void A_class_allocates_itself_and_its_strings()
    {
        long empty = Cost<EngagementPatch>("{}");
        Assert.InRange(empty, 1, 100);
        Assert.Equal(empty, Cost<EngagementPatch>("""{"enabled":true,"replyToComments":{"autoReplyDelay":"PT1H"}}"""));
        Assert.Equal(empty + StringSize("pl_1"), Cost<EngagementPatch>("""{"projectLayerId":"pl_1", "enabled":false}"""));
    }

    [Fact]
    public void An_array_allocates_itself_and_its_items()
    {
        long empty = Cost<EngagementPatch>("""{"firstComment":{}}""");
        long array = Size(() => new Platform[2]);
        Assert.Equal(empty, Cost<EngagementPatch>("""{"firstComment":{"targets":[]}}"""));
        Assert.Equal(empty + array, Cost<EngagementPatch>("""{"firstComment":{"targets":["tiktok","instagram"]}}"""));
        Assert.Equal(
            empty + array,
            Cost<EngagementPatch>(
                """{"firstComment":{"targets":"""
                    + """["tiktok","instagram","tiktok","tiktok","instagram","tiktok","tiktok","tiktok","tiktok","tiktok"]}}"""));
        string[] items = [.. Enumerable.Range(100, 500).Select(i => $"item {i}")];
        Assert.Equal(
            Size(() => new One<string[], ArrayValue<string, StringValue>>()) + Size(() => new string[500]) + 500 * StringSize("item 100"),
            Cost<One<string[], ArrayValue<string, StringValue>>>($$"""{"v":{{System.Text.Json.JsonSerializer.Serialize(items)}}}"""));
    }

    [Fact]
    public void A_long_body_allocates_no_more_than_a_short_one()
    {
        string vibe = new('x', 50_000);
        Assert.Equal(StringSize(vibe), Cost<InfluencerPatch>($$"""{"vibe":"{{vibe}}"}"""));
        Assert.Equal(0, Cost<InfluencerPatch>($$"""{{new string(' ', 50_000)}}{"vibe":null}"""));
    }

    [Fact]
    public void Finding_duplicates_in_open_members_allocates_nothing()
    {
        // The remaining allocations are one name, the dictionary and a copy of the value.
        long name = Cost<OpenPatch>("""{"x":{"a":1}}""") - Size(() => new byte["""{"a":1}""".Length]);
        string one = $"{{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"\\u0061{i}\":[{{}}]"))}}}";
        Assert.Equal(name, Cost<OpenPatch>($$"""{"x":{{one}}}""") - Size(() => new byte[one.Length]));
        Assert.Equal(name, Cost<OpenPatch>("""{"x":true}"""));
    }

    [Fact]
    public void Rejecting_a_body_allocates_little()
    {
        Assert.InRange(Cost<InfluencerPatch>("""{"vibes":"energetic and playful","gender":"robot"}""", false), 1, 300);
        Assert.InRange(Cost<InfluencerPatch>("""{"vibe":null,"gender":"rob""", false), 1, 300);
        Assert.InRange(Cost<InfluencerPatch>("""{"vibe":null,"vibe":null}""", false), 1, 200);
    }

    private static long StringSize(string text) => Size(() => new string('\0', text.Length));

    private static long Cost<T>(string json, bool accepted = true)
        where T : IPatch<T>
    {
        byte[] body = Encoding.UTF8.GetBytes(json);
        return Size(() =>
        {
            if (PatchReader.TryRead<T>(body, out _, out _) != accepted)
            {
                throw new InvalidOperationException($"{(accepted ? "Rejected" : "Accepted")}: {json}");
            }
        });
    }

    private static long Size(Func<object> make) => Size(() => { make(); });

    private static long Size(Action action)
    {
        // Warm up for one-time allocations of the platform, then take the minimum of several runs: the platform sometimes allocates in the
        // background.
        for (int i = 0; i < 50; i++)
        {
            action();
        }

        long least = long.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}

[Flags]
[JsonConverter(typeof(JsonNumberEnumConverter<Days>))]
internal enum Days
{
    Monday = 1,
    Tuesday = 2,
}

[Patch]
internal readonly partial record struct DaysPatch
{
    public partial Days On { get; init; }
}
