using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Rules that are called instead of generated: attributes of the platform and of the user.</summary>
public sealed partial class RuleTests
{
    [Theory]
    [InlineData(
        """{"mail":"a@b.example","site":"https://b.example","card":"4111 1111 1111 1111","even":[2,4],"step":6,"level":2"""
            + ""","between":{"text":"x"}}""")]
    [InlineData("""{"mail":null}""")]
    [InlineData("{}")]
    public void Values_that_rules_accept_are_accepted(string body) => Assert.Empty(Read.Ok<RulePatch>(body).Validate());

    [Theory]
    [InlineData("""{"mail":"a"}""", "/mail", "EmailAddress", "The mail field is not a valid e-mail address.")]
    [InlineData("""{"site":"b"}""", "/site", "Url", "No link.")]
    [InlineData("""{"card":"4111"}""", "/card", "CreditCard", "The card field is not a valid credit card number.")]
    [InlineData("""{"even":[2,3]}""", "/even", "Even", "even has 1 odd number.")]
    [InlineData("""{"step":5}""", "/step", "Multiple", "step must be a multiple of 3 (Wednesday, RuleTests, a-b).")]
    [InlineData(
        """{"level":3}""", "/level", "DeniedValues", "The level field equals one of the values specified in DeniedValuesAttribute.")]
    [InlineData("""{"broken":"x"}""", "/broken", "Broken", "Could not be checked by the rule Broken.")]
    [InlineData("""{"named":"x"}""", "/named", "Named", "named is no name.")]
    [InlineData("""{"named":null}""", "/named", "Named", "named is no name.")]
    [InlineData("""{"between":{"text":"long"}}""", "/between", "Short", "The field between is invalid.")]
    [InlineData("""{"inner":{"mail":"a"}}""", "/inner/mail", "EmailAddress", "The mail field is not a valid e-mail address.")]
    public void Values_that_rules_reject_have_the_message_of_the_rule(string body, string pointer, string rule, string message)
    {
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        PatchProblem problem = Assert.Single(Read.Problems<RulePatch>(body));
        Assert.Equal((pointer, PatchProblemCodes.FailedValidation, message), (problem.Pointer, problem.Code, problem.Message));
        Assert.Equal([new("rule", rule)], problem.Arguments);
    }

    [Fact]
    public void Rules_are_called_only_for_values_that_were_sent_and_well_formed()
    {
        Assert.Equal("Invalid /mail wrong_type, /step wrong_type", Read.Errors<RulePatch>("""{"mail":1,"step":"x"}"""));
        Assert.Equal(
            "Invalid /twice too_short, /twice failed_validation, /twice failed_validation", Read.Errors<RulePatch>("""{"twice":"x"}"""));
        Assert.Equal(
            "/mail failed_validation, /step failed_validation, /between failed_validation",
            string.Join(
                ", ",
                new RulePatch
                {
                    Mail = "a",
                    Step = 1,
                    Between = new() { Text = "long" },
                }.Validate().Select(static p => $"{p.Pointer} {p.Code}")));
    }

    /// <summary>The server's fault, not the client's: no value would ever be valid.</summary>
    [Fact]
    public void An_attribute_that_cannot_be_created_throws_on_first_use()
    {
        TypeInitializationException thrown =
            Assert.Throws<TypeInitializationException>(static () => ThrowingRulePatch.TryRead("""{"count":1}"""u8, out _, out _));
        Assert.Equal(
            "[Throwing] on the member 'count' cannot be created: No.",
            Assert.IsType<InvalidOperationException>(thrown.InnerException).Message);
    }

    [Theory]
    [InlineData("AAEC", "")]
    [InlineData("", "")]
    [InlineData("AA EC", "")]
    [InlineData("AAE", "Invalid /text bad_format")]
    [InlineData("AA-_", "Invalid /text bad_format")]
    public void Base64_is_validated_by_generated_code(string text, string errors)
    {
        string body = $$"""{"text":"{{text}}"}""";
        Assert.Equal(new Base64StringAttribute().IsValid(text), errors.Length == 0);
        if (errors.Length == 0)
        {
            Read.Ok<Base64Patch>(body);
        }
        else
        {
            Assert.Equal(errors, Read.Errors<Base64Patch>(body));
            Assert.Equal("Must be Base64.", Assert.Single(Read.Problems<Base64Patch>(body)).Message);
        }
    }

    [Fact]
    public void The_schema_names_the_rules()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            RulePatch.WriteJsonSchema(writer);
        }

        JsonNode members = JsonNode.Parse(stream.ToArray())!["properties"]!;
        Assert.Equal("""{"type":"string","minLength":2,"x-rules":["Url","EmailAddress"]}""", members["twice"]!.ToJsonString());
        Assert.Equal("""["EmailAddress"]""", members["inner"]!["properties"]!["mail"]!["x-rules"]!.ToJsonString());
    }

    [Fact]
    public void A_pattern_that_times_out_rejects_the_value()
    {
        Assert.Equal("Invalid /slow bad_format", Read.Errors<RulePatch>($$"""{"slow":"{{new string('a', 60)}}!"}"""));
        Read.Ok<RulePatch>("""{"slow":"aa"}""");
    }

    [Patch]
    internal sealed partial record RulePatch
    {
        [EmailAddress]
        public partial string? Mail { get; init; }

        [Url(ErrorMessage = "No link.")]
        public partial string Site { get; init; }

        [CreditCard]
        public partial string Card { get; init; }

        [Even]
        public partial int[] Even { get; init; }

        [Multiple(3, DayOfWeek.Wednesday, typeof(RuleTests), 'a', "b")]
        public partial int Step { get; init; }

        [DeniedValues(3, 4, null)]
        public partial int? Level { get; init; }

        [Broken]
        public partial string Broken { get; init; }

        [Named]
        public partial string? Named { get; init; }

        [Short]
        public partial InnerPatch Between { get; init; }

        public partial InnerPatch Inner { get; init; }

        [StringLength(int.MaxValue, MinimumLength = 2), Url, EmailAddress]
        public partial string Twice { get; init; }

        [RegularExpression("(?!b)(a+)+")]
        public partial string Slow { get; init; }

        [DataType(DataType.Password)]
        public partial string Twice_1 { get; init; }
    }

    [Patch]
    internal sealed partial record ThrowingRulePatch
    {
        [Throwing]
        public partial int Count { get; init; }
    }

    [Patch]
    internal sealed partial record Base64Patch
    {
        [Base64String]
        public partial string Text { get; init; }
    }

    [Patch]
    internal sealed partial record InnerPatch
    {
        [EmailAddress]
        public partial string Mail { get; init; }

        public partial string Text { get; init; }
    }

    internal sealed class EvenAttribute : ValidationAttribute
    {
        protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
            value is int[] numbers && numbers.Count(static n => n % 2 != 0) is > 0 and var odd
                ? new ValidationResult($"{validationContext.DisplayName} has {odd} odd number.")
                : ValidationResult.Success;
    }

    internal sealed class MultipleAttribute(int of, DayOfWeek day, Type type, params object[] rest) : ValidationAttribute
    {
        public int Of { get; } = of;

        public DayOfWeek Day { get; } = day;

        public Type Type { get; } = type;

        public object[] Rest { get; } = rest;

        public override bool IsValid(object? value) => value is int number && number % Of == 0;

        public override string FormatErrorMessage(string name) =>
            $"{name} must be a multiple of {Of} ({Day}, {Type.Name}, {string.Join("-", Rest)}).";
    }

    internal sealed class BrokenAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => throw new InvalidOperationException();
    }

    internal sealed class ThrowingAttribute : ValidationAttribute
    {
        public ThrowingAttribute() => throw new NotSupportedException("No.");
    }

    internal sealed class NamedAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => false;

        public override string FormatErrorMessage(string name) => $"{name} is no name.";
    }

    internal sealed class ShortAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => value is not InnerPatch { Text.Length: > 3 };
    }
}
