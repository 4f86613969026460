using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Layers.PatchGen.EntityFrameworkCore;

/// <summary>A property of the model that must equal a value of the request.</summary>
internal sealed class EntityValue(IProperty property)
{
    // The type in which the model stores it: a strongly typed id has a converter to a type that a URL can have.
    private readonly Type _stored = Bare(Converter(property)?.ProviderClrType ?? property.ClrType);

    public IProperty Property { get; } = property;

    /// <summary>Whether a value of a request can be converted to the property.</summary>
    public bool IsSupported =>
        _stored == typeof(string) || _stored == typeof(Guid) || _stored == typeof(int) || _stored == typeof(long)
        || _stored == typeof(short) || _stored == typeof(uint) || _stored == typeof(ulong);

    /// <summary>Converts a value of a request.</summary>
    /// <returns>Whether the property can have it.</returns>
    public bool TryConvert(object value, out object? converted)
    {
        converted = null;
        if (value.GetType() == Bare(Property.ClrType))
        {
            converted = value;
            return true;
        }

        object? stored = Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!);
        if (stored is null)
        {
            return false;
        }

        converted = Converter(Property) is { } converter ? converter.ConvertFromProvider(stored) : stored;
        return converted is not null;
    }

    /// <summary>The property of an instance, in a query.</summary>
    public static Expression Of(Expression instance, IProperty property) =>
        property.PropertyInfo is { GetMethod: not null } info && info.DeclaringType!.IsAssignableFrom(instance.Type)
            ? Expression.Property(instance, info)
            : Expression.Call(typeof(EF), nameof(EF.Property), [property.ClrType], instance, Expression.Constant(property.Name));

    /// <summary>The comparison of a property with a value, which becomes a parameter of the query.</summary>
    public static Expression IsEqual(Expression instance, IProperty property, object? value)
    {
        Expression parameter = Expression.Convert(
            Expression.Property(Expression.Constant(new Parameter(value)), nameof(Parameter.Value)), property.ClrType);
        Expression current = Of(instance, property);
        return HasOperator(property.ClrType)
            ? Expression.Equal(current, parameter)
            : Expression.Call(current, nameof(Equals), null, Expression.Convert(parameter, typeof(object)));
    }

    private object? Parse(string text)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        const NumberStyles Sign = NumberStyles.AllowLeadingSign;
        return _stored == typeof(string) ? text
            : _stored == typeof(Guid) ? Guid.TryParseExact(text, "D", out Guid guid) ? guid : null
            : _stored == typeof(int) ? int.TryParse(text, Sign, invariant, out int i) ? i : null
            : _stored == typeof(long) ? long.TryParse(text, Sign, invariant, out long l) ? l : null
            : _stored == typeof(short) ? short.TryParse(text, Sign, invariant, out short s) ? s : null
            : _stored == typeof(uint) ? uint.TryParse(text, Sign, invariant, out uint u) ? u : null
            : _stored == typeof(ulong) ? ulong.TryParse(text, Sign, invariant, out ulong ul) ? ul : null
            : null;
    }

    private static ValueConverter? Converter(IProperty property) => property.GetTypeMapping().Converter;

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static bool HasOperator(Type type)
    {
        try
        {
            _ = Expression.Equal(Expression.Default(type), Expression.Default(type));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // A struct without ==.
        }
    }

    /// <summary>Queries parameterize members of a constant object, so that one query plan serves all values.</summary>
    private sealed class Parameter(object? value)
    {
        public object? Value { get; } = value;
    }
}
