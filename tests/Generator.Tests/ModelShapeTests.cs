using System.Reflection;
using Layers.PatchGen.Generator.Model;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>
/// Specs are plain data. They hold no Roslyn types, which would keep a compilation alive and never compare equal, and no C# text, which
/// only emitters write. Each string is listed here with its content.
/// </summary>
public class ModelShapeTests
{
    private static readonly Type[] Specs =
    [
        .. typeof(PatchSpec).Assembly.GetTypes()
            .Where(static t => t.Namespace == typeof(PatchSpec).Namespace && !t.IsEnum && !(t.IsAbstract && t.IsSealed))
            .Where(static t => !t.Name.StartsWith('<')),
    ];

    /// <summary>The content of each string: an identifier, namespace, type, number, or text for a literal or a comment.</summary>
    private static readonly Dictionary<string, Func<string, bool>> Strings = new()
    {
        ["TypeSpec.Name"] = IsType,
        ["PatchSpec.Name"] = SyntaxFacts.IsValidIdentifier,
        ["PatchSpec.DisplayName"] = IsDotted,
        ["PatchSpec.Namespace"] = IsDotted,
        ["ContainingTypeSpec.Name"] = SyntaxFacts.IsValidIdentifier,
        ["HiddenNames.*"] = SyntaxFacts.IsValidIdentifier,
        ["FenceSpec.Name"] = IsText,
        ["FenceSpec.Until"] = IsText,
        ["MemberSpec.Name"] = SyntaxFacts.IsValidIdentifier,
        ["MemberSpec.JsonName"] = IsText,
        ["MemberSpec.FencedUntil"] = IsText,
        ["MemberSpec.WriteScope"] = IsText,
        ["EnumMemberSpec.JsonName"] = IsText,
        ["EnumMemberSpec.Name"] = SyntaxFacts.IsValidIdentifier,
        ["EnumNumberCodec.Names"] = SyntaxFacts.IsValidIdentifier,
        ["ContextSpec.Instance"] = SyntaxFacts.IsValidIdentifier,
        ["DurationCodec.Minimum"] = IsText,
        ["DurationCodec.Maximum"] = IsText,
        ["RuleCheck.Rule"] = SyntaxFacts.IsValidIdentifier,
        ["AttributeCheck.Name"] = SyntaxFacts.IsValidIdentifier,
        ["NamedConstant.Name"] = SyntaxFacts.IsValidIdentifier,
        ["StringConstant.Text"] = IsText,
        ["TextSpec.Text"] = IsText,
        ["NumberConstant.Digits"] = IsNumber,
        ["EnumConstant.Digits"] = IsNumber,
        ["DocumentSpec.Namespace"] = IsDotted,
        ["DocumentSpec.Name"] = IsType,
        ["DocumentSpec.DisplayName"] = SyntaxFacts.IsValidIdentifier,
        ["DocumentSpec.WithCode"] = SyntaxFacts.IsValidIdentifier,
        ["ChangedAtSpec.Name"] = SyntaxFacts.IsValidIdentifier,
        ["TargetSpec.Name"] = SyntaxFacts.IsValidIdentifier,
        ["ListTargetSpec.Key"] = SyntaxFacts.IsValidIdentifier,
        ["EndpointSpec.RegistrationNamespace"] = IsDotted,
        ["EndpointSpec.HandlerName"] = SyntaxFacts.IsValidIdentifier,
        ["EndpointSpec.Pattern"] = IsText,
        ["EndpointSpec.Collection"] = IsText,
        ["EndpointSpec.Resource"] = IsText,
        ["EndpointSpec.Scope"] = IsText,
        ["EndpointSpec.ReadScope"] = IsText,
        ["EndpointSpec.ContextName"] = IsDotted,
        ["EndpointMemberSpec.Name"] = IsText,
        ["EndpointMemberSpec.Property"] = SyntaxFacts.IsValidIdentifier,
        ["EndpointMemberSpec.Target"] = SyntaxFacts.IsValidIdentifier,
        ["EntitySpec.Tenant"] = SyntaxFacts.IsValidIdentifier,
        ["EntitySpec.Version"] = SyntaxFacts.IsValidIdentifier,
        ["EntityMemberSpec.Name"] = SyntaxFacts.IsValidIdentifier,
        ["UpdateSpec.Version"] = SyntaxFacts.IsValidIdentifier,
        ["SetterSpec.Name"] = SyntaxFacts.IsValidIdentifier,
        ["SetterSpec.Target"] = SyntaxFacts.IsValidIdentifier,
        ["HandlerSpec.RegistrationNamespace"] = IsDotted,
        ["HandlerSpec.Namespace"] = IsDotted,
        ["HandlerSpec.Name"] = SyntaxFacts.IsValidIdentifier,
    };

    [Fact]
    public void Specs_are_found() => Assert.Contains(typeof(MemberSpec), Specs);

    [Fact]
    public void Fields_are_plain_data()
    {
        foreach (FieldInfo field in Fields())
        {
            Assert.True(IsPlain(field.FieldType), $"{field.DeclaringType!.Name}.{field.Name} is a {field.FieldType}");
            Assert.True(field.IsInitOnly, $"{field.DeclaringType!.Name}.{field.Name} can be changed");
        }
    }

    [Fact]
    public void Specs_are_sealed_and_equatable() =>
        Assert.All(
            Specs.Where(static t => !t.IsGenericType && !t.IsAbstract),
            static t => Assert.True(t.IsSealed && typeof(IEquatable<>).MakeGenericType(t).IsAssignableFrom(t), t.Name));

    [Fact]
    public void Each_string_is_listed()
    {
        IEnumerable<string> strings = Fields()
            .Where(static f => f.FieldType == typeof(string) || f.FieldType == typeof(ImmutableEquatableArray<string>))
            .Select(static f => (Type: f.DeclaringType!.Name, Property: PropertyName(f)))
            .Select(static f => Strings.ContainsKey($"{f.Type}.*") ? $"{f.Type}.*" : $"{f.Type}.{f.Property}");
        Assert.Equal(Strings.Keys.Order(StringComparer.Ordinal), strings.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Checks the specs of a project that uses nearly every feature.</summary>
    [Fact]
    public void Strings_have_the_listed_content()
    {
        var seen = new HashSet<string>();
        foreach (object spec in GeneratorTest.RunUnchecked(GeneratedCodeTests.Source).Specs())
        {
            Walk(spec, seen);
        }

        Assert.True(seen.Count > Strings.Count / 2, string.Join(", ", Strings.Keys.Except(seen)));
    }

    /// <summary>A compiler without the Workspaces assemblies could not load the generator.</summary>
    [Fact]
    public void The_generator_does_not_reference_Workspaces() =>
        Assert.DoesNotContain(
            typeof(PatchGenerator).Assembly.GetReferencedAssemblies(),
            static a => a.Name!.Contains("Workspaces", StringComparison.Ordinal));

    /// <summary>Only the pipeline may keep values between two runs.</summary>
    [Fact]
    public void The_generator_has_no_static_state() =>
        Assert.All(
            typeof(PatchGenerator).Assembly.GetTypes().Where(static t => !t.Name.StartsWith('<') && !t.ContainsGenericParameters)
                .SelectMany(static t =>
                    t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)),
            static field =>
                Assert.True(
                    field.IsLiteral || field.IsInitOnly || field.Name.StartsWith('<'),
                    $"{field.DeclaringType!.Name}.{field.Name}"));

    private static void Walk(object spec, HashSet<string> seen)
    {
        FieldInfo[] fields =
        [
            .. spec.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic),
            .. spec.GetType().BaseType!.GetFields(BindingFlags.Instance | BindingFlags.NonPublic),
        ];
        foreach (FieldInfo field in fields)
        {
            object? value = field.GetValue(spec);
            string name = $"{field.DeclaringType!.Name}.{PropertyName(field)}";
            IEnumerable<object> items = value switch
            {
                null => [],
                string => [value],
                System.Collections.IEnumerable list => list.Cast<object>(),
                _ => [value],
            };
            foreach (object item in items)
            {
                if (item is string text)
                {
                    Func<string, bool> isValid = Strings.TryGetValue(name, out var found)
                        ? found
                        : Strings[$"{field.DeclaringType.Name}.*"];
                    Assert.True(isValid(text), $"{name} is {text}");
                    seen.Add(name);
                }
                else if (item.GetType().Namespace == typeof(PatchSpec).Namespace && !item.GetType().IsEnum)
                {
                    Walk(item, seen);
                }
            }
        }
    }

    private static IEnumerable<FieldInfo> Fields() =>
        Specs.Where(static t => t != typeof(ImmutableEquatableArray<>))
            .SelectMany(static t =>
                t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));

    private static string PropertyName(FieldInfo field) =>
        field.Name.TrimStart('<').Replace(">k__BackingField", "", StringComparison.Ordinal);

    private static bool IsPlain(Type type) =>
        type == typeof(string) || type == typeof(bool) || type == typeof(char) || type == typeof(long) || type.IsEnum
        || Specs.Contains(type)
        || (Nullable.GetUnderlyingType(type) is { } value && IsPlain(value))
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableEquatableArray<>)
            && IsPlain(type.GetGenericArguments()[0]));

    private static bool IsText(string text) => true;

    private static bool IsDotted(string text) => text.Split('.').All(SyntaxFacts.IsValidIdentifier);

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);

    private static bool IsType(string text) =>
        SyntaxFactory.ParseTypeName(text) is { ContainsDiagnostics: false } type && type.ToFullString() == text
            && !type.DescendantNodes().OfType<ExpressionSyntax>()
                .Any(static e => e is not TypeSyntax and not OmittedArraySizeExpressionSyntax);
}
