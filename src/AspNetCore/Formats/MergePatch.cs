using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// A JSON Merge Patch (RFC 7396) with objects for members that a plain body replaces as a whole: there, the plain body has the merged
/// object. An array replaces a list that is patched by key: the plain body has their difference. Other merge patches are plain bodies
/// already. Pure and immutable.
/// </summary>
/// <param name="sent">The body.</param>
/// <param name="shape">The document.</param>
internal sealed class MergePatch(JsonTree sent, PatchShape shape) : IPatchTranslation
{
    /// <summary>Finds the members whose final value depends on the document. Allocates only for members that are objects.</summary>
    /// <param name="json">One JSON value, with strings that are text.</param>
    /// <param name="shape">The document.</param>
    /// <returns>The values.</returns>
    public static List<MergedValue> FindMerged(ReadOnlySpan<byte> json, PatchShape shape)
    {
        List<MergedValue> found = [];
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = PatchReadOptions.DepthLimit });
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            FindMerged(ref reader, shape, [], found);
        }

        return found;
    }

    /// <summary>Adds the selectors of the body. Their types were checked when it was read.</summary>
    public PatchError? AddSelectors(DocumentContract contract, IQueryCollection query, SelectorValues selectors)
    {
        foreach (MatchedMember selector in contract.Selectors)
        {
            if (sent.Find(selector.Member.Name)?.Scalar is { } value)
            {
                selectors.TryAdd(selector, value);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public PatchError? Translate(ReadOnlyMemory<byte> view, out PlainBody body)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json);
        var plain = new PlainBodyWriter(writer);
        Write(writer, plain, shape, JsonTree.Of(view), sent, []);
        writer.Flush();
        IEnumerable<PatchProblem> nulls = plain.Nulls.Select(static place =>
            new PatchProblem(Pointer.To(place), PatchProblemCodes.NullNotAllowed, "Must not be null."));
        body = new(json.WrittenMemory, Locate, [.. nulls, .. plain.Invalid.Select(static one => one.Problem)])
        {
            Missing = [.. plain.Missing.Select(Rejections.NewItem)],
        };
        return null;
    }

    private static void FindMerged(
        ref Utf8JsonReader reader, ValueShape shape, string[] place, List<MergedValue> found)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            Utf8JsonReader atName = reader;
            reader.Read();
            bool isObject = reader.TokenType == JsonTokenType.StartObject;
            if (isObject || shape is PatchShape { HasLists: true })
            {
                string text = atName.ValueIsEscaped ? atName.GetString()! : Encoding.UTF8.GetString(name);
                string[] inner = [.. place, text];
                ValueShape below = Below(shape, text);
                if (below is ListShape && reader.TokenType != JsonTokenType.Null)
                {
                    found.Add(new(inner, IsClosed: false, IsList: true, IsArray: reader.TokenType == JsonTokenType.StartArray));
                }
                else if (isObject && below is WholeShape whole)
                {
                    found.Add(new(inner, whole.IsClosed));
                }
                else if (isObject)
                {
                    FindMerged(ref reader, below, inner, found);
                    continue;
                }
            }

            reader.Skip();
        }
    }

    // In names of the body.
    private static ValueShape Below(ValueShape shape, string name) => shape switch
    {
        PatchShape patch when patch.TryFind(name, out MemberShape? member) => member.Value,
        MapShape map => map.Values,
        _ => WholeShape.Shown,
    };

    private static void Write(
        Utf8JsonWriter writer, PlainBodyWriter plain, ValueShape shape, JsonTree? before, JsonTree sent, string[] place)
    {
        if (shape is ListShape list && sent.Kind != JsonValueKind.Null)
        {
            plain.WriteList(list, before, sent, place);
            return;
        }

        if (sent.Kind != JsonValueKind.Object)
        {
            sent.WriteTo(writer);
            return;
        }

        if (shape is WholeShape)
        {
            WriteMerged(writer, before, sent);
            return;
        }

        writer.WriteStartObject();
        foreach (JsonTree.Member member in sent.Members)
        {
            string inDocument = shape is PatchShape patch && patch.TryFind(member.Name, out MemberShape? known)
                ? known.DocumentName
                : member.Name;
            writer.WritePropertyName(member.Name);
            Write(writer, plain, Below(shape, member.Name), before?.Find(inDocument), member.Value, [.. place, member.Name]);
        }

        writer.WriteEndObject();
    }

    // RFC 7396 section 2: members of the document, unless they were sent; then what was sent, without nulls.
    private static void WriteMerged(Utf8JsonWriter writer, JsonTree? before, JsonTree sent)
    {
        if (sent.Kind != JsonValueKind.Object)
        {
            sent.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        ReadOnlySpan<JsonTree.Member> members = before is { Kind: JsonValueKind.Object } ? before.Members : [];
        foreach (JsonTree.Member member in members)
        {
            if (sent.Find(member.Name) is not { } change)
            {
                writer.WritePropertyName(member.Name);
                member.Value.WriteTo(writer);
            }
            else if (change.Kind != JsonValueKind.Null)
            {
                writer.WritePropertyName(member.Name);
                WriteMerged(writer, member.Value, change);
            }
        }

        foreach (JsonTree.Member member in sent.Members)
        {
            if (member.Value.Kind != JsonValueKind.Null && (members.IsEmpty || before!.Find(member.Name) is null))
            {
                writer.WritePropertyName(member.Name);
                WriteMerged(writer, null, member.Value);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Points to what was sent, where the problem is in a part that only the document has.</summary>
    private PatchProblem Locate(PatchProblem problem)
    {
        string[] place = PlainPlace.ToDocument(shape, Pointer.Parse(problem.Pointer) ?? [], sent, hasBodyNames: true);
        int length = place.Length;
        while (length > 0 && sent.Find(place.AsSpan(0, length)) is null)
        {
            length--;
        }

        string pointer = Pointer.To(place[..length]);
        return pointer == problem.Pointer ? problem : problem with
        {
            Pointer = pointer,
            Arguments = BodyLocation.WithPath(problem.Arguments, problem.Pointer),
            Field = problem.Field,
        };
    }
}

/// <summary>An object that is merged into a value of the document, or an array that replaces a list that is patched by key.</summary>
/// <param name="Place">Its place in the body.</param>
/// <param name="IsClosed">Whether responses hide a part of the value.</param>
/// <param name="IsList">Whether the document has such a list.</param>
/// <param name="IsArray">Whether the value is an array.</param>
internal readonly record struct MergedValue(string[] Place, bool IsClosed, bool IsList = false, bool IsArray = false);
