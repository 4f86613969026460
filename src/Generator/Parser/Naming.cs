using System.Globalization;
using System.Linq;
using System.Text;

namespace Layers.PatchGen.Generator.Parser;

/// <summary>How a C# name becomes a JSON name. The policies give what those of System.Text.Json give.</summary>
internal enum NamingPolicy
{
    CamelCase,
    SnakeCaseLower,
    SnakeCaseUpper,
    KebabCaseLower,
    KebabCaseUpper,
    AsDeclared,
}

internal static class Naming
{
    public static string Convert(string name, NamingPolicy policy) => policy switch
    {
        NamingPolicy.CamelCase => Camel(name),
        NamingPolicy.SnakeCaseLower => Words(name, '_', upper: false),
        NamingPolicy.SnakeCaseUpper => Words(name, '_', upper: true),
        NamingPolicy.KebabCaseLower => Words(name, '-', upper: false),
        NamingPolicy.KebabCaseUpper => Words(name, '-', upper: true),
        _ => name,
    };

    /// <summary><c>EngagementLayer</c> as a phrase: <c>Engagement layer</c>.</summary>
    public static string Phrase(string name)
    {
        string words = string.Join(" ", Words(name, ' ', upper: false).Split([' ', '_'], StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words.Substring(1);
    }

    /// <summary>A part of an assembly's name as an identifier.</summary>
    public static string Identifier(string part)
    {
        string name = new([.. part.Select(static c => char.IsLetterOrDigit(c) || c == '_' ? c : '_')]);
        return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : name;
    }

    // The first letter and those capitals after it that do not begin a word: URLValue is urlValue.
    private static string Camel(string name)
    {
        char[] chars = name.ToCharArray();
        for (int i = 0; i < chars.Length && char.IsUpper(chars[i]); i++)
        {
            bool beginsWord = i > 0 && i + 1 < chars.Length && !char.IsUpper(chars[i + 1]);
            if (beginsWord)
            {
                break;
            }

            chars[i] = char.ToLowerInvariant(chars[i]);
        }

        return new string(chars);
    }

    // A word begins at a capital after a small letter or a digit, and at the last capital of a run that a small letter follows. All other
    // characters (the underscore, letters without case, halves of surrogate pairs) are copied, and no word is taken to begin after one:
    // Foo_Bar is foo_bar in kebab case too.
    private static string Words(string name, char separator, bool upper)
    {
        var words = new StringBuilder(name.Length + 8);
        UnicodeCategory before = UnicodeCategory.OtherNotAssigned;
        for (int i = 0; i < name.Length; i++)
        {
            UnicodeCategory category = char.GetUnicodeCategory(name[i]);
            bool beginsWord = category == UnicodeCategory.UppercaseLetter && before switch
            {
                UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber => true,
                UnicodeCategory.UppercaseLetter => i + 1 < name.Length && char.IsLower(name[i + 1]),
                _ => false,
            };
            if (beginsWord)
            {
                words.Append(separator);
            }

            bool hasCase = category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter;
            words.Append(!hasCase ? name[i] : upper ? char.ToUpperInvariant(name[i]) : char.ToLowerInvariant(name[i]));
            before = category;
        }

        return words.ToString();
    }
}
