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
        NamingPolicy.SnakeCaseLower => Words(name, '_').ToLowerInvariant(),
        NamingPolicy.SnakeCaseUpper => Words(name, '_').ToUpperInvariant(),
        NamingPolicy.KebabCaseLower => Words(name, '-').ToLowerInvariant(),
        NamingPolicy.KebabCaseUpper => Words(name, '-').ToUpperInvariant(),
        _ => name,
    };

    /// <summary><c>EngagementLayer</c> as a phrase: <c>Engagement layer</c>.</summary>
    public static string Phrase(string name)
    {
        string words = Words(name, ' ').ToLowerInvariant();
        return char.ToUpperInvariant(words[0]) + words.Substring(1);
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

    // A word begins at a capital after a small letter or digit, and at the last capital of a run that a small letter follows.
    private static string Words(string name, char separator)
    {
        var words = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (!char.IsLetterOrDigit(c))
            {
                if (words.Length > 0 && words[words.Length - 1] != separator)
                {
                    words.Append(separator);
                }

                continue;
            }

            bool afterSmall = i > 0 && (char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1]));
            bool beforeSmall = i > 0 && char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1]);
            if (char.IsUpper(c) && (afterSmall || beforeSmall) && words.Length > 0 && words[words.Length - 1] != separator)
            {
                words.Append(separator);
            }

            words.Append(c);
        }

        return words.ToString().TrimEnd(separator);
    }
}
