using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Layers.PatchGen.OpenApi;

/// <summary>
/// The XML documentation that the compiler writes beside an assembly (<c>GenerateDocumentationFile</c>). Without the file, nothing is
/// described.
/// </summary>
internal static partial class XmlDocumentation
{
    private static readonly ConcurrentDictionary<Assembly, FrozenDictionary<string, string>> Files = new();

    /// <summary>The summary of a type; null for none.</summary>
    public static string? OfType(Type type) => Find(type, $"T:{Id(type)}");

    /// <summary>The summary of a property or field, or the text of the parameter of a positional record; null for none.</summary>
    public static string? OfMember(Type type, string name) =>
        Find(type, $"P:{Id(type)}.{name}") ?? Find(type, $"F:{Id(type)}.{name}") ?? Find(type, ParameterKey($"T:{Id(type)}", name));

    private static string? Find(Type type, string key) => Files.GetOrAdd(type.Assembly, Load).GetValueOrDefault(key);

    // The name of a type in documentation (C# specification, section D.4.2).
    private static string Id(Type type) =>
        ((type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name).Replace('+', '.');

    private static string ParameterKey(string member, string parameter) => $"{member}({parameter})";

    private static FrozenDictionary<string, string> Load(Assembly assembly)
    {
        // Not beside Assembly.Location, which is empty in an application that is published as one file.
        string path = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        try
        {
            return File.Exists(path) ? Read(XDocument.Load(path)).ToFrozenDictionary() : FrozenDictionary<string, string>.Empty;
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            return FrozenDictionary<string, string>.Empty;
        }
    }

    private static Dictionary<string, string> Read(XDocument file)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (XElement member in file.Descendants("member"))
        {
            if ((string?)member.Attribute("name") is not { } name)
            {
                continue;
            }

            Add(name, member.Element("summary"));
            foreach (XElement parameter in member.Elements("param").Where(_ => name.StartsWith("T:", StringComparison.Ordinal)))
            {
                Add(ParameterKey(name, (string?)parameter.Attribute("name") ?? ""), parameter);
            }
        }

        return texts;

        void Add(string key, XElement? text)
        {
            if (text is not null && Normalize(text) is { Length: > 0 } normalized)
            {
                texts.TryAdd(key, normalized);
            }
        }
    }

    // As CommonMark, which descriptions in OpenAPI are.
    private static string Normalize(XElement text) => string.Join(
        "\n\n",
        Text(text).Split('\f').Select(static part => WhiteSpace().Replace(part, " ").Trim()).Where(static part => part.Length > 0));

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(static node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "para" } paragraph => $"\f{Text(paragraph)}\f",
        XElement { Name.LocalName: "c" or "code" } code => $"`{Text(code)}`",
        XElement { IsEmpty: true } reference => Reference(reference),
        XElement other => Text(other),
        _ => "",
    }));

    // <see cref="P:Shop.Order.Total"/> is Total; <see langword="null"/> and <paramref name="x"/> are what they name.
    private static string Reference(XElement reference)
    {
        if ((string?)reference.Attribute("cref") is not { } cref)
        {
            return (string?)(reference.Attribute("langword") ?? reference.Attribute("name") ?? reference.Attribute("href")) ?? "";
        }

        string name = cref.Split('(')[0];
        return name[(name.LastIndexOfAny(['.', ':']) + 1)..].Split('`')[0];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
