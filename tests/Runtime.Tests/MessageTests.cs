using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Messages that constraints declare, with display names of members.</summary>
public sealed partial class MessageTests
{
    [Theory]
    [InlineData("""{"name":"abcdef"}""", "/name too_long min=1 max=3", "Zu lang")]
    [InlineData("""{"title":"abcdef"}""", "/title too_long min=2 max=3", "Title: 2-3")]
    [InlineData("""{"text":"abcdef"}""", "/text too_long min=1 max=3", "text (1-3)")]
    [InlineData("""{"list":[]}""", "/list too_short min=1", "Die Liste: 1")]
    [InlineData("""{"size":9}""", "/size out_of_range min=1 max=5", "size: 1 bis 5")]
    [InlineData("""{"code":"A"}""", "/code bad_format pattern=[a-z]+", "code: [a-z]+")]
    [InlineData("""{"plainCode":"A"}""", "/plainCode bad_format pattern=[a-z]+", "Must match the pattern [a-z]+.")]
    [InlineData("""{"kind":"c"}""", "/kind not_allowed_value allowed=a, b", "kind?")]
    [InlineData("""{"mail":"a"}""", "/mail failed_validation rule=EmailAddress", "E-Mail is no mail.")]
    [InlineData("""{"data":"AAAA"}""", "/data too_long max=2", "At most 2 bytes of data.")]
    [InlineData("""{"map":{"a":1,"b":2}}""", "/map too_long max=1", "map: 1")]
    [InlineData("""{"base":"?"}""", "/base bad_format format=Base64", "{base}")]
    public void The_message_is_the_declared_one(string body, string problem, string message)
    {
        PatchProblem one = Assert.Single(Read.Problems<TextsPatch>(body));
        Assert.Equal(problem, $"{one.Pointer} {one.Code} {string.Join(' ', one.Arguments.Select(static a => $"{a.Key}={a.Value}"))}");
        Assert.Equal(message, one.Message);
    }

    [Fact]
    public void Each_of_several_rules_has_its_own_message() =>
        Assert.Equal(
            ["/both: Too long.", "/both: Must match the pattern [a-z]+.", "/both: both is no link."],
            Read.Problems<TextsPatch>("""{"both":"ABCDEF"}""").Select(static p => $"{p.Pointer}: {p.Message}"));

    [Fact]
    public void Validate_reports_the_same_messages() =>
        Assert.Equal("Zu lang", Assert.Single(new TextsPatch { Name = "abcdef" }.Validate()).Message);

    [Fact]
    public void Problems_of_other_rules_keep_their_message() =>
        Assert.Equal(
            ["Must be a string.", "Must be a whole number.", "Zu lang"],
            Read.Problems<TextsPatch>("""{"title":1,"size":"x","name":"abcdef"}""").Select(static p => p.Message));

    [Fact]
    public void Resources_are_read_in_the_current_culture()
    {
        CultureInfo before = CultureInfo.CurrentUICulture;
        try
        {
            PatchProblems problems = Read.Problems<TextsPatch>("""{"localized":"abcdef"}""");
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
            Assert.Equal("Name: zu lang (de)", problems[0].Message);
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr");
            Assert.Equal("Name: zu lang (fr)", problems[0].Message);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>No input makes the reader throw, even if a message property of the user throws.</summary>
    [Fact]
    public void If_the_declared_message_throws_the_default_message_is_used() =>
        Assert.Equal("Must have at most 3 characters.", Read.Message<TextsPatch>("""{"broken":"abcdef"}"""));

    /// <summary>The same message as in DataAnnotations, except the default name, which is that of the property there.</summary>
    [Fact]
    public void Placeholders_are_the_same_as_in_DataAnnotations()
    {
        ValidationAttribute[] attributes =
        [
            new StringLengthAttribute(3) { MinimumLength = 2 }, new LengthAttribute(1, 3),
            new MinLengthAttribute(2), new MaxLengthAttribute(3), new RangeAttribute(1, 5),
            new RegularExpressionAttribute("[a-z]+"), new AllowedValuesAttribute("a"),
        ];
        string[] expected = [.. attributes.Select(static a =>
        {
            a.ErrorMessage = Regex.Replace("{0}|{1}|{2}", @"\|\{([12])\}", m => Count(a) >= m.Groups[1].Value[0] - '0' ? m.Value : "");
            return a.FormatErrorMessage("n");
        })];
        Assert.Equal(
            expected,
            Read.Problems<PlaceholderPatch>("""{"a":"?","b":"????","c":"?","d":"????","e":9,"f":"?","g":"?"}""")
                .Select(static p => p.Message));

        static int Count(ValidationAttribute attribute) => attribute switch
        {
            StringLengthAttribute or LengthAttribute or RangeAttribute => 2,
            AllowedValuesAttribute => 0,
            _ => 1,
        };
    }

    public static class Texts
    {
        public static string TooLong => "Zu lang";

        public static string Localized => $"{{0}}: zu lang ({CultureInfo.CurrentUICulture.Name})";

        internal static string Name => "Name";

        public static string Throws => throw new InvalidOperationException();
    }

    [Patch]
    internal sealed partial record TextsPatch
    {
        [StringLength(3, MinimumLength = 1, ErrorMessageResourceType = typeof(Texts), ErrorMessageResourceName = nameof(Texts.TooLong))]
        public partial string Name { get; init; }

        [Display(Name = "Title"), StringLength(3, MinimumLength = 2, ErrorMessage = "{0}: {2}-{1}")]
        public partial string Title { get; init; }

        [Length(1, 3, ErrorMessage = "{0} ({1}-{2})")]
        public partial string Text { get; init; }

        [DisplayName("Die Liste"), MinLength(1, ErrorMessage = "{0}: {1}")]
        public partial List<int> List { get; init; }

        [Range(1, 5, ErrorMessage = "{0}: {1} bis {2}")]
        public partial int? Size { get; init; }

        [RegularExpression("[a-z]+", ErrorMessage = "{0}: {1}")]
        public partial string Code { get; init; }

        [RegularExpression("[a-z]+")]
        public partial string PlainCode { get; init; }

        [AllowedValues("a", "b", ErrorMessage = "{0}?")]
        public partial string Kind { get; init; }

        [Display(Name = "E-Mail"), EmailAddress(ErrorMessage = "{0} is no mail.")]
        public partial string Mail { get; init; }

        [MaxLength(2, ErrorMessage = "At most {1} bytes of {0}.")]
        public partial byte[] Data { get; init; }

        [MaxLength(1, ErrorMessage = "{0}: {1}")]
        public partial Dictionary<string, int> Map { get; init; }

        [Base64String(ErrorMessage = "{{{0}}}")]
        public partial string Base { get; init; }

        [StringLength(3, ErrorMessage = "Too long."), RegularExpression("[a-z]+"), Url(ErrorMessage = "{0} is no link.")]
        public partial string Both { get; init; }

        [Display(Name = nameof(Texts.Name), ResourceType = typeof(Texts))]
        [StringLength(3, ErrorMessageResourceType = typeof(Texts), ErrorMessageResourceName = nameof(Texts.Localized))]
        public partial string Localized { get; init; }

        [StringLength(3, ErrorMessageResourceType = typeof(Texts), ErrorMessageResourceName = nameof(Texts.Throws))]
        public partial string Broken { get; init; }
    }

    [Patch]
    internal sealed partial record PlaceholderPatch
    {
        [Display(Name = "n"), StringLength(3, MinimumLength = 2, ErrorMessage = "{0}|{1}|{2}")]
        public partial string A { get; init; }

        [Display(Name = "n"), Length(1, 3, ErrorMessage = "{0}|{1}|{2}")]
        public partial string B { get; init; }

        [Display(Name = "n"), MinLength(2, ErrorMessage = "{0}|{1}")]
        public partial string C { get; init; }

        [Display(Name = "n"), MaxLength(3, ErrorMessage = "{0}|{1}")]
        public partial string D { get; init; }

        [Display(Name = "n"), Range(1, 5, ErrorMessage = "{0}|{1}|{2}")]
        public partial int E { get; init; }

        [Display(Name = "n"), RegularExpression("[a-z]+", ErrorMessage = "{0}|{1}")]
        public partial string F { get; init; }

        [Display(Name = "n"), AllowedValues("a", ErrorMessage = "{0}")]
        public partial string G { get; init; }
    }
}
