using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Layers.PatchGen.Package.Tests.PublicApi;

/// <summary>The types and members of an assembly that others can use, a line each, in an order that does not depend on the sources.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Lists the visible types that a condition takes.</summary>
    public static string Of(Assembly assembly, Func<Type, bool> include)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetTypes().Where(IsVisible).Where(include).OrderBy(static t => t.Namespace, StringComparer.Ordinal).ThenBy(TypeNames.Of, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{type.Namespace}: {Declaration(type)}\n");
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"    {member}\n");
            }
        }

        return text.ToString();
    }

    private static string Declaration(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsSubclassOf(typeof(Delegate)) ? "delegate" : type.IsValueType ? "struct" : "class";
        string modifiers = type switch
        {
            { IsInterface: true } or { IsEnum: true } => "",
            { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : ""),
            { IsAbstract: true, IsSealed: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        Type? parent = type.IsClass && type.BaseType != typeof(object) && !type.IsSubclassOf(typeof(Delegate)) ? type.BaseType : null;
        Type[] inherited = [.. type.GetInterfaces().SelectMany(static i => i.GetInterfaces()), .. parent?.GetInterfaces() ?? []];
        IEnumerable<string> bases = type.IsEnum
            ? Enum.GetUnderlyingType(type) == typeof(int) ? [] : [TypeNames.Of(Enum.GetUnderlyingType(type))]
            : [.. parent is null ? Array.Empty<string>() : [TypeNames.Of(parent)], .. type.GetInterfaces().Except(inherited).Where(static i => i.IsVisible).Select(TypeNames.Of).Order(StringComparer.Ordinal)];
        return $"{modifiers}{kind} {TypeNames.Of(type)}{(bases.Any() ? " : " + string.Join(", ", bases) : "")}{TypeNames.Constraints(type.GetGenericArguments())}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToString(Convert.ChangeType(Enum.Parse(type, name), Enum.GetUnderlyingType(type), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)}");
        }

        return
        [
            .. type.GetFields(Declared).Where(static f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly).Where(IsWritten).Select(Field),
            .. type.GetConstructors(Declared).Where(IsVisible).Where(IsWritten).Select(static c => $"{Modifiers(c)}.ctor({Parameters(c)})"),
            .. type.GetProperties(Declared).Where(static p => p.GetAccessors(nonPublic: true).Any(IsVisible)).Where(IsWritten).Select(Property),
            .. type.GetEvents(Declared).Where(static e => IsVisible(e.AddMethod!)).Select(static e => $"{Modifiers(e.AddMethod!)}event {TypeNames.Of(e.EventHandlerType!)} {e.Name}"),
            .. type.GetMethods(Declared).Where(IsVisible).Where(IsWritten).Where(static m => !m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)).Select(Method),
        ];
    }

    private static string Field(FieldInfo field)
    {
        string modifiers = (field.IsPublic ? "" : "protected ") + (field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : ""));
        return $"{modifiers}{TypeNames.Of(Nullability.Create(field))} {field.Name}{(field.IsLiteral ? " = " + TypeNames.Literal(field.GetRawConstantValue()) : "")}";
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo first = property.GetAccessors(nonPublic: true).First(IsVisible);
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
        string set = property.SetMethod is { } setter && IsVisible(setter) ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;" : "";
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Modifiers(first)}{required}{TypeNames.Of(Nullability.Create(property))} {property.Name}{index} {{{(property.GetMethod is { } getter && IsVisible(getter) ? " get;" : "")}{set} }}";
    }

    private static string Method(MethodInfo method)
    {
        Type[] arguments = method.GetGenericArguments();
        string generics = arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(static a => a.Name))}>" : "";
        return $"{Modifiers(method)}{TypeNames.Of(Nullability.Create(method.ReturnParameter))} {method.Name}{generics}({Parameters(method)}){TypeNames.Constraints(arguments)}";
    }

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string modifier = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        return $"{modifier}{TypeNames.Of(Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : "")}";
    }

    private static string Default(ParameterInfo parameter) =>
        parameter.RawDefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : TypeNames.Literal(parameter.RawDefaultValue);

    private static string Modifiers(MethodBase method)
    {
        string access = method.IsPublic ? "" : "protected ";
        if (method.IsStatic)
        {
            return access + "static " + (method is { IsAbstract: true } ? "abstract " : method.IsVirtual ? "virtual " : "");
        }

        return access + method switch
        {
            { DeclaringType.IsInterface: true } => method.IsAbstract ? "" : "virtual ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => method is MethodInfo info && info.GetBaseDefinition() != info ? "override " : "virtual ",
            _ => "",
        };
    }

    private static bool IsVisible(Type type) => type.IsVisible;

    private static bool IsVisible(MethodBase method) => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    // What the compiler adds to records says nothing of its own.
    private static bool IsWritten(MemberInfo member) => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member.Name is not ("PrintMembers" or "<Clone>$");
}
