namespace Layers.PatchGen.Generator.Tests;

public partial class DiagnosticTests
{
    public static TheoryData<string, string, string, string> ConstraintCases => new()
    {
        {
            "PG0013", "Base64String", "only a string can be Base64",
            "[Patch<Todo>] public partial record P { [Base64String] public partial int Count { get; init; } }"
        },
        {
            "PG0013", "EnumDataType(typeof(int))", "must be an enum",
            "[Patch] public partial record P { [EnumDataType(typeof(int))] public partial int Count { get; init; } }"
        },
        {
            "PG0013", "CustomValidation(typeof(Todo), \"No\")", "must name a public static method",
            "[Patch] public partial record P { [CustomValidation(typeof(Todo), \"No\")] public partial int Count { get; init; } }"
        },
        {
            "PG0013", "StringLength(5)", "only a string",
            "[Patch<Todo>] public partial record P { [StringLength(5)] public partial int Count { get; init; } }"
        },
        {
            "PG0013", "MaxLength(5)", "strings, lists, dictionaries and bytes",
            "[Patch<Todo>] public partial record P { [MaxLength(5)] public partial int Count { get; init; } }"
        },
        {
            "PG0013", "Length(5, 4)", "out of order",
            "[Patch<Todo>] public partial record P { [Length(5, 4)] public partial string Title { get; init; } }"
        },
        {
            "PG0013", "Range(1, 5)", "only numbers",
            "[Patch<Todo>] public partial record P { [Range(1, 5)] public partial string Title { get; init; } }"
        },
        {
            "PG0013", "Range(5, 1)", "the lower first",
            "[Patch<Todo>] public partial record P { [Range(5, 1)] public partial int Count { get; init; } }"
        },
        {
            "PG0013", "Range(4, 5, MaximumIsExclusive = true, MinimumIsExclusive = true)", "at least one 'sbyte'",
            "[Patch] public partial record P { [Range(4, 5, MaximumIsExclusive = true, MinimumIsExclusive = true)] public partial "
            + "sbyte Count { get; init; } [Range(4, 5, MaximumIsExclusive = true)] public partial sbyte Size { get; init; } }"
        },
        {
            "PG0013", "Range(300, 400)", "at least one 'byte'",
            "[Patch] public partial record P { [Range(300, 400)] public partial byte Count { get; init; } }"
        },
        {
            "PG0013", "Range(0.1, 0.9)", "at least one 'int'",
            "[Patch] public partial record P { [Range(0.1, 0.9)] public partial int Count { get; init; } }"
        },
        {
            "PG0013", "Range(double.NaN, 1)", "must be numbers",
            "[Patch] public partial record P { [Range(double.NaN, 1)] public partial double Part { get; init; } }"
        },
        {
            "PG0013", "Range(1, 5)", "[Range(typeof(DateOnly), \"2000-01-01\", \"2099-12-31\")]",
            "[Patch] public partial record P { [Range(1, 5)] public partial DateOnly Day { get; init; } }"
        },
        {
            "PG0013", "Range(typeof(TimeSpan), \"00:00:30\", \"02:00:00\")", "write [IsoDuration(\"PT30S\", \"PT2H\")] instead",
            "[Patch<Todo>] public partial record P { [Range(typeof(TimeSpan), \"00:00:30\", \"02:00:00\")] public partial TimeSpan "
            + "Delay { get; init; } }"
        },
        {
            "PG0013", "MinLength(1)", "write [MaxLength] alone",
            "[Patch] public partial record P { [MinLength(1)] public partial Dictionary<string, int> Map { get; init; } }"
        },
        {
            "PG0013", "StringLength(5)", "write [Length]",
            "[Patch] public partial record P { [StringLength(5)] public partial byte[] Data { get; init; } }"
        },
        {
            "PG0013", "EmailAddress", "accepts only strings",
            "[Patch] public partial record P { [EmailAddress] public partial int Count { get; init; } }"
        },
        {
            "PG0013", "StringLength(5, ErrorMessage = \"{3}\")", "than {0} to {2}",
            "[Patch<Todo>] public partial record P { [StringLength(5, ErrorMessage = \"{3}\")] public partial string Title { get; "
            + "init; } }"
        },
        {
            "PG0013", "MaxLength(5, ErrorMessage = \"{x}\")", "than {0} and {1}",
            "[Patch<Todo>] public partial record P { [MaxLength(5, ErrorMessage = \"{x}\")] public partial string Title { get; init; "
            + "} }"
        },
        {
            "PG0013",
            "MaxLength(5, ErrorMessage = \"a\", ErrorMessageResourceType = typeof(Kind), ErrorMessageResourceName = \"A\")",
            "remove one",
            "[Patch<Todo>] public partial record P { [MaxLength(5, ErrorMessage = \"a\", ErrorMessageResourceType = typeof(Kind), "
            + "ErrorMessageResourceName = \"A\")] public partial string Title { get; init; } }"
        },
        {
            "PG0013", "MaxLength(5, ErrorMessageResourceName = \"A\")", "set both",
            "[Patch<Todo>] public partial record P { [MaxLength(5, ErrorMessageResourceName = \"A\")] public partial string Title { "
            + "get; init; } }"
        },
        {
            "PG0013",
            "Url(ErrorMessageResourceType = typeof(Todo), ErrorMessageResourceName = \"Title\")",
            "has no static property 'Title'",
            "[Patch<Todo>] public partial record P { [Url(ErrorMessageResourceType = typeof(Todo), ErrorMessageResourceName = "
            + "\"Title\")] public partial string Title { get; init; } }"
        },
        {
            "PG0013", "Display(Name = \"A\", ResourceType = typeof(Todo))", "has no static property 'A'",
            "[Patch<Todo>] public partial record P { [Display(Name = \"A\", ResourceType = typeof(Todo)), Url, MaxLength(5)] public "
            + "partial string Title { get; init; } }"
        },
        {
            "PG0013", "RegularExpression(\"(\")", "not a regular expression",
            "[Patch<Todo>] public partial record P { [RegularExpression(\"(\")] public partial string Title { get; init; } }"
        },
        {
            "PG0013", "IsoDuration(\"PT1H\", \"PT30S\")", "the shorter first",
            "[Patch<Todo>] public partial record P { [IsoDuration(\"PT1H\", \"PT30S\")] public partial TimeSpan Delay { get; init; } }"
        },
        {
            "PG0013", "Distinct", "only a list has equal items",
            "[Patch<Todo>] public partial record P { [Distinct] public partial string Title { get; init; } }"
        },
        {
            "PG0013", "AllowedValues", "lists no value",
            "[Patch<Todo>] public partial record P { [AllowedValues] public partial string Title { get; init; } }"
        },
        {
            "PG0013", "AllowedValues(null!)", "lists no value",
            "[Patch<Todo>] public partial record P { [AllowedValues(null!)] public partial string Title { get; init; } }"
        },
        {
            "PG0013", "Required", "may be absent",
            "[Patch<Todo>] public partial record P { [Required] public partial string Title { get; init; } }"
        },
        {
            "PG0013", "Compare(\"Text\")", "handler's Validate",
            "[Patch<Todo>] public partial record P { [Compare(\"Text\")] public partial string Title { get; init; } }"
        },
        {
            "PG0013", "Local", "local to its file",
            "[Patch<Todo>] public partial record P { [Local] public partial string Title { get; init; } } file class LocalAttribute "
            + ": ValidationAttribute;"
        },
        {
            "PG0013", "MinLength(1)", "not modelled",
            "[Patch] public partial record P { [MinLength(1), JsonExtensionData] public partial IDictionary<string, JsonElement> "
            + "Other { get; init; } }"
        },
    };
}
