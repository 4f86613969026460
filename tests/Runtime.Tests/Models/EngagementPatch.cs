using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Models;

// Written by hand as the generator would write them: the reader is tested without it.
public enum Platform
{
    TikTok,
    Instagram,
}

internal sealed class EngagementPatch : IPatch<EngagementPatch>
{
    private static readonly PatchNames Names = new(
        ["projectLayerId", "enabled", "firstComment", "replyToComments", "beta"],
        "replies", "tone");

    private static readonly PatchFence Replies = new(
        "replies",
        null,
        new PatchFence("tone", "v2"),
        new PatchFence("maxPerPostPerHour", "v2"),
        new PatchFence("limits", null, new PatchFence("per/hour", "v3")));

    private bool _beta;
    private uint _seen;

    public string? ProjectLayerId { get; private set; }

    public bool Enabled { get; private set; }

    public FirstCommentPatch? FirstComment { get; private set; }

    public ReplyPatch? ReplyToComments { get; private set; }

    public bool HasEnabled => (_seen & 2) != 0;

    public bool IsEmpty => (_seen & ~1u) == 0;

    public void WriteTo(Utf8JsonWriter writer) => throw new NotSupportedException();

    public static int Read(ref PatchScanner scanner, int at, out EngagementPatch patch)
    {
        EngagementPatch read = new();
        for (at = scanner.FirstName(at); at >= 0; at = scanner.NextName(at))
        {
            int index = -1;
            int end = at;
            if (scanner.NameIs(at, "enabled\""u8))
            {
                (index, end) = (1, at + 8);
            }
            else if (scanner.NameIs(at, "firstComment\""u8))
            {
                (index, end) = (2, at + 13);
            }

            if (index < 0)
            {
                (index, end) = scanner.FindName(at, Names);
            }

            at = read.ReadMember(ref scanner, scanner.Colon(end), index);
        }

        patch = read;
        return ~at;
    }

    private int ReadMember(ref PatchScanner scanner, int at, int index)
    {
        if (index is >= 0 and < 5)
        {
            if ((_seen & 1u << index) != 0)
            {
                scanner.AddDuplicate(Names[index]);
                return index switch
                {
                    2 => scanner.ReadPatch<FirstCommentPatch>(at, Names[index], out _),
                    3 => scanner.ReadPatch<ReplyPatch>(at, Names[index], out _),
                    _ => scanner.Skip(at),
                };
            }

            _seen |= 1u << index;
        }

        switch (index)
        {
            case 0:
                at = scanner.Read(at, "projectLayerId", PatchValues.String, out string? layer);
                ProjectLayerId = layer;
                return at;
            case 1:
                at = scanner.Read(at, "enabled", PatchValues.Boolean, out bool enabled);
                Enabled = enabled;
                return at;
            case 2:
                at = scanner.ReadPatch(at, "firstComment", out FirstCommentPatch? first);
                FirstComment = first;
                return at;
            case 3:
                at = scanner.ReadPatch(at, "replyToComments", out ReplyPatch reply);
                ReplyToComments = reply;
                return at;
            case 4:
                if (!scanner.IsLifted("beta"))
                {
                    return scanner.ReadFenced(at, "beta", "beta");
                }

                return scanner.Read(at, "beta", PatchValues.Boolean, out _beta);
            case 5:
                return scanner.ReadFencedObject(at, "replies", Replies);
            case 6:
                return scanner.ReadFenced(at, "tone", null);
            default:
                return scanner.Skip(at);
        }
    }
}

internal sealed class FirstCommentPatch : IPatch<FirstCommentPatch>
{
    private static readonly PatchNames Names = new(["targets", "commentTemplate", "extra/~names"], "strategy");

    private static readonly EnumValue<Platform> PlatformValue = PatchValues.Enum(("tiktok", Platform.TikTok), ("instagram", Platform.Instagram));
    private static readonly DistinctArrayValue<Platform, EnumValue<Platform>> TargetsValue = new(PlatformValue);
    private static readonly ArrayValue<string[], ArrayValue<string, StringValue>> ExtraValue = new(new(PatchValues.String));

    private uint _seen;

    public Platform[]? Targets { get; private set; }

    public string? CommentTemplate { get; private set; }

    public string[][]? Extra { get; private set; }

    public bool IsEmpty => _seen == 0;

    public void WriteTo(Utf8JsonWriter writer) => throw new NotSupportedException();

    public static int Read(ref PatchScanner scanner, int at, out FirstCommentPatch patch)
    {
        FirstCommentPatch read = new();
        for (at = scanner.FirstName(at); at >= 0; at = scanner.NextName(at))
        {
            (int index, int end) = scanner.FindName(at, Names);
            at = scanner.Colon(end);
            if (index >= 0 && index < Names.MemberCount)
            {
                if ((read._seen & 1u << index) != 0)
                {
                    scanner.AddDuplicate(Names[index]);
                    at = scanner.Skip(at);
                    continue;
                }

                read._seen |= 1u << index;
            }

            switch (index)
            {
                case 0:
                    at = scanner.Read(at, "targets", TargetsValue, out Platform[]? targets);
                    read.Targets = targets;
                    break;
                case 1:
                    at = scanner.Read(at, "commentTemplate", PatchValues.String, out string? template);
                    read.CommentTemplate = template;
                    if (scanner.Accepted)
                    {
                        scanner.Problems.CheckLength("commentTemplate", template, 1, 500);
                    }

                    break;
                case 2:
                    at = scanner.Read(at, "extra/~names", ExtraValue, out string[][]? extra);
                    read.Extra = extra;
                    if (scanner.Accepted)
                    {
                        scanner.Problems.CheckCount("extra/~names", extra!.Length, 0, 3);
                    }

                    break;
                case 3:
                    at = scanner.ReadFenced(at, "strategy", "v2");
                    break;
                default:
                    at = scanner.Skip(at);
                    break;
            }
        }

        patch = read;
        return ~at;
    }
}

internal struct ReplyPatch : IPatch<ReplyPatch>
{
    private static readonly PatchNames Names = new(["autoReplyDelay", "maximum", "inner"]);
    private static readonly DurationValue DelayValue = PatchValues.Duration("PT30S", "PT1H");

    private uint _seen;

    public TimeSpan AutoReplyDelay { get; private set; }

    public int? Maximum { get; private set; }

    public readonly bool IsEmpty => _seen == 0;

    public readonly void WriteTo(Utf8JsonWriter writer) => throw new NotSupportedException();

    public static int Read(ref PatchScanner scanner, int at, out ReplyPatch patch)
    {
        patch = default;
        for (at = scanner.FirstName(at); at >= 0; at = scanner.NextName(at))
        {
            (int index, int end) = scanner.FindName(at, Names);
            at = scanner.Colon(end);
            if (index >= 0 && (patch._seen & 1u << index) != 0)
            {
                scanner.AddDuplicate(Names[index]);
                at = scanner.Skip(at);
                continue;
            }

            patch._seen |= index >= 0 ? 1u << index : 0;
            switch (index)
            {
                case 0:
                    at = scanner.Read(at, "autoReplyDelay", DelayValue, out TimeSpan delay);
                    patch.AutoReplyDelay = delay;
                    break;
                case 1:
                    at = scanner.ReadNullable(at, "maximum", PatchValues.Int32, out int? maximum);
                    patch.Maximum = maximum;
                    if (scanner.Accepted)
                    {
                        scanner.Problems.CheckRange("maximum", maximum, 1, int.MaxValue);
                    }

                    break;
                case 2:
                    at = scanner.ReadNullablePatch(at, "inner", out EngagementPatch? _);
                    break;
                default:
                    at = scanner.Skip(at);
                    break;
            }
        }

        return ~at;
    }
}
