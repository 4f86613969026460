using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.Runtime.Tests.SchemaAgreement;

/// <summary>A body, the reader's problems, and the schema.</summary>
internal readonly record struct ReadBody(byte[] Utf8, PatchProblems Problems, JsonNode Schema)
{
    public bool IsPatch => Problems.Verdict == PatchVerdict.Ok;

    public string Text => Encoding.UTF8.GetString(Utf8);

    /// <summary>The schema of the member at a pointer.</summary>
    public JsonNode? SchemaAt(string pointer)
    {
        JsonNode? at = Schema;
        foreach (string step in Steps(pointer))
        {
            at = at?["properties"]?[step] ?? at?["items"] ?? (at?["additionalProperties"] as JsonObject);
        }

        return at;
    }

    /// <summary>The innermost schema on the way to a pointer.</summary>
    public JsonNode? SchemaAbove(string pointer)
    {
        while (SchemaAt(pointer) is null)
        {
            pointer = pointer[..pointer.LastIndexOf('/')];
        }

        return SchemaAt(pointer);
    }

    /// <summary>Whether one of the members that a pointer names is sent twice.</summary>
    public bool IsTwice(string pointer)
    {
        JsonElement at = JsonDocument.Parse(Utf8).RootElement;
        foreach (string step in Steps(pointer))
        {
            if (at.ValueKind == JsonValueKind.Object && at.EnumerateObject().Count(member => member.NameEquals(step)) > 1)
            {
                return true;
            }

            at = Step(at, step);
        }

        return false;
    }

    public bool IsOfType(string pointer, string type) =>
        SchemaAt(pointer)?["type"]?.ToJsonString().Contains($"\"{type}\"", StringComparison.Ordinal) == true;

    /// <summary>Whether the member of a problem has a format; without a problem, whether any member that was sent has it.</summary>
    public bool HasFormat(PatchProblem? problem, string format)
    {
        ReadBody body = this;
        return problem is { } p
            ? (string?)SchemaAt(p.Pointer)?["format"] == format
            : JsonNode.Parse(Utf8)!.AsObject().Any(member => (string?)body.Schema["properties"]?[member.Key]?["format"] == format);
    }

    /// <summary>The number at a pointer; zero if the value is not a number.</summary>
    public double NumberAt(string pointer) =>
        double.TryParse(ValueAt(pointer), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : 0;

    /// <summary>The value at a pointer, as sent.</summary>
    public string ValueAt(string pointer)
    {
        JsonElement at = JsonDocument.Parse(Utf8).RootElement;
        foreach (string step in Steps(pointer))
        {
            at = Step(at, step);
        }

        return at.GetRawText();
    }

    private static JsonElement Step(JsonElement at, string step) =>
        at.ValueKind == JsonValueKind.Array ? at[int.Parse(step, CultureInfo.InvariantCulture)] : at.GetProperty(step);

    private static IEnumerable<string> Steps(string pointer) =>
        pointer.Split('/').Skip(1).Select(
            static step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
}

/// <summary>A property of bodies that a schema cannot express.</summary>
/// <param name="What">The description, as in docs/semantics.md.</param>
/// <param name="Explains">
/// Whether it explains why only the reader reports this problem, or why a format is rejected without a problem.
/// </param>
internal sealed record SchemaLimit(string What, Func<ReadBody, PatchProblem?, bool> Explains);

/// <summary>Everything that a schema cannot express, in the words of docs/semantics.md. A test compares them.</summary>
internal static class SchemaLimits
{
    private static readonly double DoubleDigits = Math.Pow(2, 53);

    public static IReadOnlyList<SchemaLimit> All { get; } =
    [
        // A validator sees only the last of the two.
        new(
            "a member that is sent twice",
            static (body, problem) => problem is { } p && p.Code != PatchProblemCodes.Malformed && body.IsTwice(p.Pointer)),
        new(
            "text that is not Unicode, such as half of a surrogate pair",
            static (body, problem) => problem?.Code == PatchProblemCodes.Malformed && body.Text.Contains("\\ud", StringComparison.Ordinal)),
        new(
            "the size and the depth of a body",
            static (_, problem) => problem?.Code is PatchProblemCodes.TooLarge or PatchProblemCodes.TooDeep),
        new(
            "the number of undeclared members of an open object",
            static (body, problem) => problem?.Code == PatchProblemCodes.TooLong
                && (bool?)body.SchemaAt(problem.Value.Pointer)?["additionalProperties"] == true),
        new(
            "a patch within itself, which is described once",
            static (body, problem) => problem is { } p
                && (string?)body.SchemaAbove(p.Pointer)?["description"] == "The same object as further up."),
        new(
            "the range of keys that are whole numbers",
            static (_, problem) => problem is { Code: PatchProblemCodes.BadFormat, Message: var message }
                && message.StartsWith("The key must be a whole", StringComparison.Ordinal)),
        new(
            "rules of other attributes, which are listed in `x-rules`",
            static (_, problem) => problem?.Code == PatchProblemCodes.FailedValidation),
        new("how a whole number is spelled: `1.0` and `1e2` are whole numbers to a schema", static (body, problem) =>
            problem?.Code == PatchProblemCodes.WrongType
                && body.IsOfType(problem.Value.Pointer, "integer")
                && body.ValueAt(problem.Value.Pointer).AsSpan().IndexOfAny(".eE") > 0),
        new("limits of numbers to the last digit, where a validator computes in doubles", static (body, problem) =>
            problem?.Code == PatchProblemCodes.OutOfRange && Math.Abs(body.NumberAt(problem.Value.Pointer)) >= DoubleDigits),
        new(
            "ranges of dates and times: they are in `formatMinimum`, `formatMaximum` and their exclusive forms, which few validators check",
            static (body, problem) =>
                problem?.Code == PatchProblemCodes.OutOfRange && body.SchemaAt(problem.Value.Pointer)?["formatMinimum"] is not null),
        new(
            "the length of a `byte[]` to the last byte: it is given in characters of Base64",
            static (body, problem) =>
                problem?.Code is PatchProblemCodes.TooShort or PatchProblemCodes.TooLong
                    && body.SchemaAt(problem.Value.Pointer)?["contentEncoding"] is not null),
        new(
            "durations: the range, years and months (never fixed lengths), and fractions, which `format: duration` does not have",
            static (body, problem) =>
            body.HasFormat(problem, "duration") && problem?.Code is null or PatchProblemCodes.OutOfRange or PatchProblemCodes.BadFormat),
        new("times: offsets beyond 14 hours, leap seconds, the year 0000", static (body, problem) =>
            problem?.Code == PatchProblemCodes.BadFormat && (body.HasFormat(problem, "date-time") || body.HasFormat(problem, "date"))),
        new(
            "other spellings of a UUID, which some validators take",
            static (body, problem) => problem?.Code == PatchProblemCodes.BadFormat && body.HasFormat(problem, "uuid")),
        new("references: `format: uri-reference` is RFC 3986, the reader takes what `System.Uri` takes", static (body, problem) =>
            body.HasFormat(problem, "uri-reference") && problem?.Code is null or PatchProblemCodes.BadFormat),
        new(
            "numbers within types that a context reads: their schema is the framework's, which tells neither range nor spelling",
            static (body, problem) =>
            problem?.Code == PatchProblemCodes.WrongType
                && problem.Value.Pointer.EndsWith("/amount", StringComparison.Ordinal)
                && body.NumberAt(problem.Value.Pointer) != 0),
    ];
}
