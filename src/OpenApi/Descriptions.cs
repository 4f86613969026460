using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Layers.PatchGen.OpenApi;

/// <summary>What types and members are described by: their <see cref="DescriptionAttribute"/>, else their XML documentation.</summary>
internal static class Descriptions
{
    /// <summary>The description of a type, or of its property if a name is given; null for none.</summary>
    [UnconditionalSuppressMessage(
        "Trimming", "IL2070", Justification = "In a trimmed application, a description may be missing, as may the documentation file.")]
    public static string? Of(Type type, string? property) => property is null
        ? Of(type)
        : type.GetProperty(property, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            is { } member ? Of(member) : XmlDocumentation.OfMember(type, property);

    /// <summary>The description of a type or a member; null for none.</summary>
    public static string? Of(ICustomAttributeProvider member)
    {
        if (member.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true)
            is [DescriptionAttribute { Description: { Length: > 0 } text }, ..])
        {
            return text;
        }

        return member switch
        {
            Type type => XmlDocumentation.OfType(type),
            MemberInfo { DeclaringType: { } type, Name: var name } => XmlDocumentation.OfMember(type, name),
            _ => null,
        };
    }
}
