using System.Buffers;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.Benchmarks.Models;

namespace Layers.PatchGen.Benchmarks.Ratios;

/// <summary>Operations on a patch of 70 members.</summary>
internal static class PatchGroups
{
    private const int Members = 70;

    /// <summary>The groups: with 3 members and with all of them.</summary>
    public static IEnumerable<Group> All() => [Of("3 of 70 members", [3, 34, 68]), Of("70 members", [.. Enumerable.Range(0, Members)])];

    private static Group Of(string title, int[] sent)
    {
        byte[] body = Encoding.UTF8.GetBytes($"{{{string.Join(",", sent.Select(Member))}}}");
        if (!SeventyPatch.TryRead(body, out SeventyPatch? patch, out _) || !SeventyPatch.TryRead(body, out SeventyPatch? same, out _))
        {
            throw new InvalidOperationException("The body was rejected.");
        }

        Seventy document = new(), patched = patch.ApplyTo(document, out _);
        var buffer = new ArrayBufferWriter<byte>(4096);
        var writer = new Utf8JsonWriter(buffer);
        return new Group(
            $"A patch of {title}",
            [
                new("read", ReadGroups.Read<SeventyPatch>(body)),
                Repeat("ApplyTo", () => patch.ApplyTo(document, out _)),
                Repeat("ApplyTo, nothing changes", () => patch.ApplyTo(patched, out _)),
                Repeat("WriteTo", () =>
                {
                    buffer.ResetWrittenCount();
                    writer.Reset(buffer);
                    patch.WriteTo(writer);
                    return writer;
                }),
                Repeat("Equals", () => patch.Equals(same) ? patch : same),
                Repeat("Merge", () => patch.Merge(same)),
                Repeat("Diff", () => SeventyPatch.Diff(document, patched)),
                Repeat("Validate", () => patch.Validate()),
            ],
            []);
    }

    private static string Member(int index) => (index % 3) switch
    {
        0 => $"\"number{index:00}\":{index + 5}",
        1 => $"\"text{index:00}\":\"value {index}\"",
        _ => $"\"flag{index:00}\":true",
    };

    private static Candidate Repeat(string name, Func<object> action) => new(name, count =>
    {
        for (int i = 0; i < count; i++)
        {
            action();
        }
    });
}
