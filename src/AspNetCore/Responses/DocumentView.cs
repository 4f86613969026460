using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>What responses show of a document: its stored JSON without the <c>[NotInResponse]</c> members, at every depth.</summary>
internal sealed class DocumentView
{
    private readonly HiddenMembers? _hidden;
    private readonly bool _ignoreCase;

    /// <exception cref="InvalidOperationException">The contract does not show what to hide, or it could not be hidden.</exception>
    public DocumentView(JsonTypeInfo document)
    {
        _hidden = HiddenMembersBuilder.Build(document);
        _ignoreCase = document.Options.PropertyNameCaseInsensitive;
    }

    /// <summary>Whether the whole document is shown.</summary>
    public bool ShowsAll => _hidden is null;

    /// <summary>Returns the JSON that is shown: a copy of the bytes, or the stored memory itself where nothing is hidden.</summary>
    /// <param name="json">One JSON object, as stored.</param>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> json)
    {
        if (_hidden is null)
        {
            return json;
        }

        var walk = new Walk(json.Span, _ignoreCase);
        walk.Value(_hidden);
        return walk.Cuts.Count == 0 ? json : Without(json.Span, walk.Cuts);
    }

    private static byte[] Without(ReadOnlySpan<byte> json, List<Range> cuts)
    {
        int length = json.Length;
        foreach (Range cut in cuts)
        {
            length -= cut.End.Value - cut.Start.Value;
        }

        byte[] shown = new byte[length];
        Span<byte> rest = shown;
        int at = 0;
        foreach (Range cut in cuts)
        {
            ReadOnlySpan<byte> kept = json[at..cut.Start];
            kept.CopyTo(rest);
            rest = rest[kept.Length..];
            at = cut.End.Value;
        }

        json[at..].CopyTo(rest);
        return shown;
    }

    /// <summary>Reads a document once and records the ranges to cut, in order.</summary>
    private ref struct Walk
    {
        private readonly bool _ignoreCase;
        private Utf8JsonReader _reader;

        public Walk(ReadOnlySpan<byte> json, bool ignoreCase)
        {
            _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DocumentJson.MaxDepth });
            _reader.Read();
            _ignoreCase = ignoreCase;
        }

        public List<Range> Cuts { get; } = [];

        /// <summary>Reads a value, from its first token to its last.</summary>
        public void Value(HiddenMembers? hidden)
        {
            switch (_reader.TokenType)
            {
                case JsonTokenType.StartObject when hidden is not null && OfItsType(hidden, _reader) is { } members:
                    Members(members, hidden.Discriminator?.Name);
                    break;
                case JsonTokenType.StartArray when hidden?.Items is not null:
                    while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    {
                        Value(hidden.Items);
                    }

                    break;
                default:
                    _reader.Skip();
                    break;
            }
        }

        private static HiddenMembers? OfItsType(HiddenMembers hidden, Utf8JsonReader ahead)
        {
            if (hidden.Discriminator is not { } discriminator)
            {
                return hidden;
            }

            while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
            {
                bool isFound = JsonNames.AreEqual(ref ahead, discriminator.Name);
                ahead.Read();
                foreach (HiddenMembers.DiscriminatedType type in isFound ? discriminator.Types : [])
                {
                    if (type.IsAt(ref ahead))
                    {
                        return type.Members;
                    }
                }

                ahead.Skip();
            }

            return hidden;
        }

        // A cut includes one comma: the one before the member, or else the one after it.
        private void Members(HiddenMembers hidden, string? discriminator)
        {
            int keptEnd = -1, cutStart = -1, cutEnd = -1;
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                int start = (int)_reader.TokenStartIndex;
                bool isHidden = IsHidden(hidden, discriminator, out HiddenMembers? below);
                if (isHidden)
                {
                    cutStart = cutStart >= 0 ? cutStart : keptEnd >= 0 ? keptEnd : start;
                    _reader.Skip();
                    cutEnd = (int)_reader.BytesConsumed;
                    continue;
                }

                if (cutStart >= 0)
                {
                    Cuts.Add(cutStart..(keptEnd >= 0 ? cutEnd : start));
                    cutStart = -1;
                }

                _reader.Read();
                Value(below);
                keptEnd = (int)_reader.BytesConsumed;
            }

            if (cutStart >= 0)
            {
                Cuts.Add(cutStart..cutEnd);
            }
        }

        private bool IsHidden(HiddenMembers hidden, string? discriminator, out HiddenMembers? below)
        {
            foreach (HiddenMembers.Member member in hidden.Members)
            {
                if (JsonNames.AreEqual(ref _reader, member.Name, _ignoreCase))
                {
                    below = member.Below;
                    return member.IsHidden;
                }
            }

            below = hidden.Others;
            return hidden.HidesOthers && (discriminator is null || !JsonNames.AreEqual(ref _reader, discriminator));
        }
    }
}
