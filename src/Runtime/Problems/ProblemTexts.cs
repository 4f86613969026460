using System.Collections.ObjectModel;
using System.Globalization;
using System.Xml;
using Layers.PatchGen.Json;

namespace Layers.PatchGen;

/// <summary>The messages of all problems.</summary>
internal static class ProblemTexts
{
    // Expected types.
    public const string Object = "an object";
    public const string Array = "an array";
    public const string String = "a string";
    public const string Boolean = "true or false";
    public const string Number = "a number";
    public const string WholeNumber = "a whole number";
    public const string Accepted = "a value that this member accepts";

    // Expected formats.
    public const string Duration = "ISO-8601 duration";
    public const string FixedDuration = "ISO-8601 duration without years and months";
    public const string Guid = "UUID";
    public const string DateTime = "RFC 3339 date and time with an offset";
    public const string IsoDateTime = "ISO-8601 date and time";
    public const string Date = "RFC 3339 date";
    public const string Time = "RFC 3339 time";
    public const string Uri = "URI";
    public const string Base64 = "Base64";
    public const string Unicode = "Unicode text";

    // Descriptions in a schema.
    public const string DescribeTime = "A time of day as in RFC 3339, without an offset.";

    public static string DescribeDuration(Limits? limits) =>
        limits is { Min: { } min, Max: { } max }
            ? $"An ISO-8601 duration from {min} to {max}."
            : "An ISO-8601 duration without years and months.";

    public static string Code(ProblemKind kind) => kind switch
    {
        ProblemKind.UnknownMember => PatchProblemCodes.UnknownMember,
        ProblemKind.DuplicateMember => PatchProblemCodes.DuplicateMember,
        ProblemKind.DuplicateItem => PatchProblemCodes.DuplicateItem,
        ProblemKind.NullNotAllowed => PatchProblemCodes.NullNotAllowed,
        ProblemKind.WrongType => PatchProblemCodes.WrongType,
        ProblemKind.TextTooShort or ProblemKind.TooFewItems or ProblemKind.TooFewBytes or ProblemKind.NameTooShort =>
            PatchProblemCodes.TooShort,
        ProblemKind.TextTooLong or ProblemKind.TooManyItems or ProblemKind.TooManyBytes or ProblemKind.TooManyMembers
            or ProblemKind.TooManyKeys or ProblemKind.TooManyMembersMerged or ProblemKind.TooManyKeysMerged
            or ProblemKind.TooManyItemsMerged or ProblemKind.NameTooLong => PatchProblemCodes.TooLong,
        ProblemKind.OutOfRange => PatchProblemCodes.OutOfRange,
        ProblemKind.NotAllowedValue => PatchProblemCodes.NotAllowedValue,
        ProblemKind.BadFormat or ProblemKind.BadPattern or ProblemKind.BadKey => PatchProblemCodes.BadFormat,
        ProblemKind.FailedRule => PatchProblemCodes.FailedValidation,
        ProblemKind.EmptyPatch => PatchProblemCodes.EmptyPatch,
        ProblemKind.Fenced => PatchProblemCodes.Fenced,
        ProblemKind.MissingScope => PatchProblemCodes.MissingScope,
        ProblemKind.TooDeep => PatchProblemCodes.TooDeep,
        ProblemKind.TooLarge => PatchProblemCodes.TooLarge,
        ProblemKind.MissingTarget => PatchProblemCodes.MissingTarget,
        _ => PatchProblemCodes.Malformed,
    };

    /// <summary>One sentence that says what is expected.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="name">The last name of its place.</param>
    public static string Message(in ProblemRecord problem, string name) => problem.Kind switch
    {
        ProblemKind.UnknownMember when (problem.Detail as ISuggestNames)?.Suggest(name) is { } meant =>
            $"Unknown member. Did you mean \"{meant}\"?",
        ProblemKind.UnknownMember => "Unknown member.",
        ProblemKind.DuplicateMember => "Duplicate member.",
        ProblemKind.DuplicateItem => "Duplicate item.",
        ProblemKind.NullNotAllowed => "Must not be null.",
        ProblemKind.WrongType => $"Must be {problem.Detail}.",
        ProblemKind.TextTooShort => $"Must have at least {Count(problem.First, "character")}.",
        ProblemKind.TextTooLong => $"Must have at most {Count(problem.Second, "character")}.",
        ProblemKind.TooFewItems => $"Must have at least {Count(problem.First, "item")}.",
        ProblemKind.TooManyItems => $"Must have at most {Count(problem.Second, "item")}.",
        ProblemKind.TooFewBytes => $"Must have at least {Count(problem.First, "byte")}.",
        ProblemKind.TooManyBytes => $"Must have at most {Count(problem.Second, "byte")}.",
        ProblemKind.TooManyMembers => $"Must have at most {Count(problem.Second, "further member")}.",
        ProblemKind.TooManyKeys => $"Must have at most {Count(problem.Second, "member")}.",
        ProblemKind.TooManyMembersMerged => $"Must have at most {Count(problem.Second, "further member")}, those already stored included.",
        ProblemKind.TooManyKeysMerged => $"Must have at most {Count(problem.Second, "member")}, those already stored included.",
        ProblemKind.TooManyItemsMerged => $"Must have at most {Count(problem.Second, "item")}, those already stored included.",
        ProblemKind.NameTooShort => "A member's name must not be empty.",
        ProblemKind.NameTooLong => $"A member's name must have at most {Count(problem.Second, "character")}.",
        ProblemKind.OutOfRange => Range((Limits)problem.Detail!),
        ProblemKind.NotAllowedValue => $"Must be one of: {Allowed(problem.Detail)}.",
        ProblemKind.BadFormat => $"Must be {Article(problem.Detail)}{problem.Detail}.",
        ProblemKind.BadPattern => $"Must match the pattern {problem.Detail}.",
        ProblemKind.BadKey => $"The key must be a {problem.Detail}.",
        ProblemKind.FailedRule => ((RuleFailure)problem.Detail!).Message,
        ProblemKind.EmptyPatch => "At least one member is required.",
        ProblemKind.Fenced => problem.Detail is string until ? $"Reserved until {until}; leave it out." : "Reserved; leave it out.",
        ProblemKind.MissingScope => $"Needs the scope {problem.Detail}; leave it out.",
        ProblemKind.TooDeep => $"Must not be nested deeper than {Count(problem.First, "level")}.",
        ProblemKind.MissingTarget => "The document has no item with this key.",
        ProblemKind.TooLarge => $"Must not be longer than {Count(problem.First, "byte")}.",
        _ => $"Not valid JSON at byte {Figure(problem.First)}: {Reason((MalformedReason)problem.Second)}.",
    };

    /// <summary>The values of the rule by name. Their order is the order in a response.</summary>
    public static IReadOnlyDictionary<string, string> Arguments(in ProblemRecord problem) => problem.Kind switch
    {
        ProblemKind.TextTooShort or ProblemKind.TextTooLong or ProblemKind.TooFewItems or ProblemKind.TooManyItems
            or ProblemKind.TooFewBytes or ProblemKind.TooManyBytes or ProblemKind.TooManyMembers or ProblemKind.TooManyKeys
            or ProblemKind.NameTooShort or ProblemKind.NameTooLong => MinMax(new(
                problem.First > 0 ? Figure(problem.First) : null,
                problem.Second < int.MaxValue ? Figure(problem.Second) : null)),
        ProblemKind.TooManyMembersMerged or ProblemKind.TooManyKeysMerged or ProblemKind.TooManyItemsMerged =>
            One("max", Figure(problem.Second)),
        ProblemKind.OutOfRange => MinMax((Limits)problem.Detail!),
        ProblemKind.NotAllowedValue => One("allowed", Allowed(problem.Detail)),
        ProblemKind.BadFormat or ProblemKind.BadKey => One("format", (string)problem.Detail!),
        ProblemKind.BadPattern => One("pattern", (string)problem.Detail!),
        ProblemKind.FailedRule => One("rule", ((RuleFailure)problem.Detail!).Rule),
        ProblemKind.Fenced when problem.Detail is string until => One("until", until),
        ProblemKind.MissingScope => One("scope", (string)problem.Detail!),
        ProblemKind.Malformed => One("offset", Figure(problem.First)),
        ProblemKind.TooDeep or ProblemKind.TooLarge => One("max", Figure(problem.First)),
        _ => ReadOnlyDictionary<string, string>.Empty,
    };

    /// <summary>A limit or an allowed value as written in a body.</summary>
    public static string Value(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        TimeSpan duration => XmlConvert.ToString(duration),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        System.DateTime or DateTimeOffset => ((IFormattable)value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Reason(MalformedReason reason) => reason switch
    {
        MalformedReason.UnexpectedEnd => "unexpected end of the body",
        MalformedReason.ExpectedValue => "expected a value",
        MalformedReason.ExpectedName => "expected a member name in double quotes",
        MalformedReason.ExpectedColon => "expected ':' after the member name",
        MalformedReason.ExpectedCommaOrBrace => "expected ',' or '}' after the member",
        MalformedReason.ExpectedCommaOrBracket => "expected ',' or ']' after the item",
        MalformedReason.ExpectedEnd => "expected the end of the body",
        MalformedReason.ExpectedDigit => "expected a digit",
        MalformedReason.LeadingZero => "a number must not have leading zeros",
        MalformedReason.ControlCharacter => "control characters in strings must be escaped",
        MalformedReason.BadEscape => "invalid escape",
        MalformedReason.LoneSurrogate => "a surrogate must be part of a pair",
        _ => "invalid UTF-8",
    };

    private static string Range(Limits limits)
    {
        string least = $"{(limits.IsMinExclusive ? "greater than" : "at least")} {limits.Min}";
        string most = $"{(limits.IsMaxExclusive ? "less than" : "at most")} {limits.Max}";
        return limits switch
        {
            { Min: null } => $"Must be {most}.",
            { Max: null } => $"Must be {least}.",
            { IsMinExclusive: false, IsMaxExclusive: false } => $"Must be between {limits.Min} and {limits.Max}.",
            _ => $"Must be {least} and {most}.",
        };
    }

    private static string Allowed(object? detail) => detail as string ?? string.Join(", ", (string[])detail!);

    private static string Article(object? format) => format switch
    {
        Duration or FixedDuration or DateTime or IsoDateTime or Date or Time => "an ",
        Base64 => "",
        _ => "a ",
    };

    private static string Count(int count, string what) => $"{Figure(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Figure(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static OrderedDictionary<string, string> One(string name, string value) => new(1, StringComparer.Ordinal) { [name] = value };

    private static IReadOnlyDictionary<string, string> MinMax(Limits limits)
    {
        string min = limits.IsMinExclusive ? "exclusiveMin" : "min", max = limits.IsMaxExclusive ? "exclusiveMax" : "max";
        return limits switch
        {
            (null, null) => ReadOnlyDictionary<string, string>.Empty,
            (null, { } most) => One(max, most),
            ({ } least, null) => One(min, least),
            ({ } least, { } most) => new OrderedDictionary<string, string>(2, StringComparer.Ordinal) { [min] = least, [max] = most },
        };
    }
}
