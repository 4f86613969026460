using System.Text.Json;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Makes the answer of a stored document.</summary>
internal static class AnswerJson
{
    /// <summary>
    /// The JSON object without the members named, at its top level. What stays is copied byte for byte, never written anew; the object itself comes back where it has none of them.
    /// </summary>
    /// <param name="json">One JSON object, as stored.</param>
    /// <param name="members">The members to leave out.</param>
    public static ReadOnlyMemory<byte> Without(ReadOnlyMemory<byte> json, IReadOnlyList<string> members)
    {
        if (members.Count == 0)
        {
            return json;
        }

        List<Range> kept = Runs(json.Span, members, out bool all);
        if (all)
        {
            return json;
        }

        int length = 2 + Math.Max(0, kept.Count - 1);
        foreach (Range run in kept)
        {
            length += run.End.Value - run.Start.Value;
        }

        byte[] answer = new byte[length];
        answer[0] = (byte)'{';
        int at = 1;
        foreach (Range run in kept)
        {
            if (at > 1)
            {
                answer[at++] = (byte)',';
            }

            json.Span[run].CopyTo(answer.AsSpan(at));
            at += run.End.Value - run.Start.Value;
        }

        answer[at] = (byte)'}';
        return answer;
    }

    // The stretches of members that stay, each from the quote of its first name to the end of its last value.
    private static List<Range> Runs(ReadOnlySpan<byte> json, IReadOnlyList<string> members, out bool all)
    {
        var runs = new List<Range>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DocumentJson.MaxDepth });
        reader.Read();
        all = true;
        int start = -1;
        int end = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int name = (int)reader.TokenStartIndex;
            bool stays = !IsOneOf(ref reader, members);
            reader.Skip();
            if (stays)
            {
                start = start < 0 ? name : start;
                end = (int)reader.BytesConsumed;
                continue;
            }

            all = false;
            if (start >= 0)
            {
                runs.Add(start..end);
                start = -1;
            }
        }

        if (start >= 0)
        {
            runs.Add(start..end);
        }

        return runs;
    }

    private static bool IsOneOf(ref Utf8JsonReader name, IReadOnlyList<string> members)
    {
        for (int i = 0; i < members.Count; i++)
        {
            if (name.ValueTextEquals(members[i]))
            {
                return true;
            }
        }

        return false;
    }
}
