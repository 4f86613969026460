using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>Reads the operations of a JSON Patch (RFC 6902 sections 3 and 4), without looking at a document.</summary>
internal static class JsonPatchReader
{
    /// <summary>The most operations in one body.</summary>
    public const int MaxOperations = 64;

    private const string Names = "add, remove, replace, move, copy, test";

    /// <summary>Reads a body.</summary>
    /// <param name="json">One JSON value, with strings that are text.</param>
    /// <param name="problems">Receives what is not a JSON Patch.</param>
    /// <returns>The operations. With problems, some of them are incomplete.</returns>
    public static List<JsonPatchOperation> Read(ReadOnlyMemory<byte> json, BodyProblems problems)
    {
        List<JsonPatchOperation> operations = [];
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = PatchReadOptions.DepthLimit });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            problems.Add("", PatchProblemCodes.WrongType, "Must be an array of operations (RFC 6902).");
            return operations;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (operations.Count == MaxOperations)
            {
                problems.Add(
                    "",
                    PatchProblemCodes.TooLong,
                    $"Must have at most {MaxOperations} operations.",
                    ("max", BodyProblems.Text(MaxOperations)));
                break;
            }

            operations.Add(new Members(json, operations.Count).Read(ref reader, problems));
        }

        return operations;
    }

    /// <summary>The members of one operation, as far as they are defined.</summary>
    private struct Members(ReadOnlyMemory<byte> json, int index)
    {
        private string? _op;
        private string? _path;
        private string? _from;
        private JsonTree? _value;
        private string? _wrong; // the members that are not strings

        public JsonPatchOperation Read(ref Utf8JsonReader reader, BodyProblems problems)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                problems.Add($"/{index}", PatchProblemCodes.WrongType, "Must be an object.");
                return new(index, null, null, null, null);
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref reader);
            }

            OperationKind? kind = Kind(problems);
            OperationPath? path = Path("path", _path, kind, problems), from = Path("from", _from, kind, problems);
            if (kind is { } known && JsonPatchOperation.Needs(known, "value") && _value is null)
            {
                AddMissing("value", problems);
            }

            if (kind == OperationKind.Move && path is not null && from is not null && from.Segments.Length < path.Segments.Length
                && Pointer.Contains(from.Segments, path.Segments))
            {
                problems.Add(from.Pointer, PatchProblemCodes.BadFormat, "A value cannot be moved into itself."); // section 4.4
            }

            return new(index, kind, path, from, _value);
        }

        // Other members are ignored (section 4).
        private void ReadMember(ref Utf8JsonReader reader)
        {
            string? name = reader.ValueTextEquals("op"u8) ? "op"
                : reader.ValueTextEquals("path"u8) ? "path"
                : reader.ValueTextEquals("from"u8) ? "from"
                : reader.ValueTextEquals("value"u8) ? "value"
                : null;
            reader.Read();
            if (name == "value")
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                _value = JsonTree.Of(json[start..(int)reader.BytesConsumed], new(index));
                return;
            }

            if (name is not null && reader.TokenType == JsonTokenType.String)
            {
                string text = reader.GetString()!;
                _ = name switch
                {
                    "op" => _op = text,
                    "path" => _path = text,
                    _ => _from = text,
                };
            }
            else if (name is not null)
            {
                _wrong += $" {name}";
            }

            reader.Skip();
        }

        private readonly OperationKind? Kind(BodyProblems problems)
        {
            OperationKind? kind = _op switch
            {
                "add" => OperationKind.Add,
                "remove" => OperationKind.Remove,
                "replace" => OperationKind.Replace,
                "move" => OperationKind.Move,
                "copy" => OperationKind.Copy,
                "test" => OperationKind.Test,
                _ => null,
            };
            if (kind is null && _op is not null)
            {
                problems.Add($"/{index}/op", PatchProblemCodes.NotAllowedValue, $"Must be one of: {Names}.", ("allowed", Names));
            }
            else if (kind is null)
            {
                AddMissing("op", problems);
            }

            return kind;
        }

        private readonly OperationPath? Path(string member, string? text, OperationKind? kind, BodyProblems problems)
        {
            if (member == "from" && (kind is not { } known || !JsonPatchOperation.Needs(known, member)))
            {
                return null;
            }

            if (text is null)
            {
                AddMissing(member, problems);
                return null;
            }

            string[]? segments = Pointer.Parse(text);
            if (segments is { Length: > 0 })
            {
                return new(index, member, segments);
            }

            string message = segments is null
                ? "Must be a JSON Pointer (RFC 6901): \"/\" before each name, \"~\" only in \"~0\" and \"~1\"."
                : "Must name a member; the document as a whole is not patched.";
            problems.Add($"/{index}/{member}", PatchProblemCodes.BadFormat, message, ("format", "JSON Pointer"));
            return null;
        }

        private readonly void AddMissing(string member, BodyProblems problems)
        {
            if (_wrong?.Split(' ').Contains(member) == true)
            {
                problems.Add($"/{index}/{member}", PatchProblemCodes.WrongType, "Must be a string.");
            }
            else
            {
                problems.Add($"/{index}", PatchProblemCodes.MissingMember, $"The member \"{member}\" is required.", ("member", member));
            }
        }
    }
}
