using System.Reflection;
using Layers.PatchGen.Generator.Model;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>The specs are plain data: nothing of Roslyn's may stand in them, or every compilation of an editing session is kept alive and nothing is ever cached.</summary>
public class ModelShapeTests
{
    private static readonly Type[] Specs =
    [
        .. typeof(PatchSpec).Assembly.GetTypes().Where(static t => t.Namespace == typeof(PatchSpec).Namespace && !t.IsEnum && !t.IsAbstract && !t.Name.StartsWith('<')),
    ];

    [Fact]
    public void There_are_specs() => Assert.Contains(typeof(MemberSpec), Specs);

    [Fact]
    public void Fields_are_plain_data()
    {
        foreach (FieldInfo field in Specs.Where(static t => t != typeof(ImmutableEquatableArray<>)).SelectMany(static t => t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)))
        {
            Assert.True(IsPlain(field.FieldType), $"{field.DeclaringType!.Name}.{field.Name} is a {field.FieldType}");
            Assert.True(field.IsInitOnly, $"{field.DeclaringType!.Name}.{field.Name} can be changed");
        }
    }

    [Fact]
    public void Specs_are_sealed_and_equatable() =>
        Assert.All(Specs.Where(static t => !t.IsGenericType), static t => Assert.True(t.IsSealed && typeof(IEquatable<>).MakeGenericType(t).IsAssignableFrom(t), t.Name));

    private static bool IsPlain(Type type) =>
        type == typeof(string) || type == typeof(bool) || type.IsEnum || Specs.Contains(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableEquatableArray<>) && IsPlain(type.GetGenericArguments()[0]));

    /// <summary>A compiler that has no workspaces would not load the generator.</summary>
    [Fact]
    public void The_generator_asks_for_no_workspaces() =>
        Assert.DoesNotContain(typeof(PatchGenerator).Assembly.GetReferencedAssemblies(), static a => a.Name!.Contains("Workspaces", StringComparison.Ordinal));
}
