using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Plain bodies and documents: where the one has what the other has.</summary>
internal static class PlainPlace
{
    /// <summary>Finds the place in a document of a place in a plain body: members may have other names, and keys are indexes.</summary>
    /// <param name="shape">The document.</param>
    /// <param name="place">The place in a plain body.</param>
    /// <param name="document">The document, or what was sent as one.</param>
    /// <param name="hasBodyNames">Whether its members have the names of the patch, but for those of items of lists.</param>
    /// <returns>The place; that of the list, for a key that it does not have.</returns>
    public static string[] ToDocument(ValueShape shape, string[] place, JsonTree? document, bool hasBodyNames = false)
    {
        string[] path = [.. place];
        ValueShape at = shape;
        for (int i = 0; i < place.Length; i++)
        {
            switch (at)
            {
                case ListShape list when list.Find(document, place[i]) is { } index:
                    (path[i], at, hasBodyNames) = (index, list.Items, false);
                    break;
                case ListShape:
                    return path[..i];
                case PatchShape patch when patch.TryFind(place[i], out MemberShape? member):
                    (path[i], at) = (hasBodyNames ? place[i] : member.DocumentName, member.Value);
                    break;
                default:
                    at = at is MapShape map ? map.Values : WholeShape.Shown;
                    break;
            }

            document = document?.Find(path[i]);
        }

        return path;
    }

    /// <summary>
    /// Writes a value that was sent, with the items of lists that are patched by key as members of an object, named by their indexes: the
    /// reader then finds the reserved members in them.
    /// </summary>
    public static void WriteSent(Utf8JsonWriter writer, ValueShape shape, JsonTree value, bool hasBodyNames = false)
    {
        if (shape is WholeShape || value.Kind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            value.WriteTo(writer);
        }
        else if (value.Kind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (JsonTree.Member member in value.Members)
            {
                writer.WritePropertyName(member.Name);
                WriteSent(writer, Below(shape, member.Name, hasBodyNames), member.Value, hasBodyNames);
            }

            writer.WriteEndObject();
        }
        else if (shape is ListShape list)
        {
            writer.WriteStartObject();
            for (int i = 0; i < value.Items.Length; i++)
            {
                writer.WritePropertyName(BodyProblems.Text(i));
                WriteSent(writer, list.Items, value.Items[i]);
            }

            writer.WriteEndObject();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private static ValueShape Below(ValueShape shape, string name, bool hasBodyNames) =>
        hasBodyNames && shape is PatchShape patch && patch.TryFind(name, out MemberShape? member)
            ? member.Value
            : PlainBodyWriter.Below(shape, name);
}
