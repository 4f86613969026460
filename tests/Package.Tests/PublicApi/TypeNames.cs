using System.Globalization;
using System.Reflection;

namespace Layers.PatchGen.Package.Tests.PublicApi;

/// <summary>Types as C# writes them, without namespaces.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(char)] = "char", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int",
        [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
        [typeof(string)] = "string", [typeof(object)] = "object", [typeof(void)] = "void",
    };

    /// <summary>A type, its references taken as not null.</summary>
    public static string Of(Type type)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        return Keywords.TryGetValue(type, out string? keyword) ? keyword : Named(type, type.GetGenericArguments().Select(Of));
    }

    /// <summary>A type with the nulls that it allows.</summary>
    public static string Of(NullabilityInfo info)
    {
        Type type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        if (Nullable.GetUnderlyingType(type) is not null)
        {
            return Of(type);
        }

        string name = type.IsArray && info.ElementType is not null ? $"{Of(info.ElementType)}[]"
            : Keywords.TryGetValue(type, out string? keyword) ? keyword
            : Named(type, info.GenericTypeArguments.Length == type.GetGenericArguments().Length ? info.GenericTypeArguments.Select(Of) : type.GetGenericArguments().Select(Of));
        // Of a type parameter it cannot be told.
        return name + (!type.IsValueType && !type.IsGenericParameter && (info.ReadState == NullabilityState.Nullable || info.WriteState == NullabilityState.Nullable) ? "?" : "");
    }

    /// <summary>What type parameters must be.</summary>
    public static string Constraints(IEnumerable<Type> parameters) => string.Concat(parameters.Where(static p => p.IsGenericParameter).Select(static p =>
    {
        GenericParameterAttributes attributes = p.GenericParameterAttributes;
        bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        string[] constraints =
        [
            .. isStruct ? ["struct"] : attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : Array.Empty<string>(),
            .. p.GetGenericParameterConstraints().Where(static c => c != typeof(ValueType)).Select(Of).Order(StringComparer.Ordinal),
            .. !isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) ? ["new()"] : Array.Empty<string>(),
            .. attributes.HasFlag(GenericParameterAttributes.AllowByRefLike) ? ["allows ref struct"] : Array.Empty<string>(),
        ];
        return constraints.Length > 0 ? $" where {p.Name} : {string.Join(", ", constraints)}" : "";
    }));

    /// <summary>A constant.</summary>
    public static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // A nested type has the arguments of the types around it before its own.
    private static string Named(Type type, IEnumerable<string> arguments)
    {
        string[] all = [.. arguments];
        int outer = type is { IsNested: true, IsGenericParameter: false } ? type.DeclaringType!.GetGenericArguments().Length : 0;
        string[] own = [.. all.Skip(outer)];
        string name = type.Name.Split('`')[0] + (own.Length > 0 ? $"<{string.Join(", ", own)}>" : "");
        return type is { IsNested: true, IsGenericParameter: false } ? $"{Named(type.DeclaringType!, all.Take(outer))}.{name}" : name;
    }
}
