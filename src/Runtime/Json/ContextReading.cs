using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>
/// Finds types that a serializer context can write and not read. Every value of such a type would be rejected, which is the server's fault
/// and not the client's.
/// </summary>
internal static class ContextReading
{
    /// <summary>Throws if a type, or one within it, cannot be read.</summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public static void ThrowIfUnreadable(JsonTypeInfo root)
    {
        HashSet<Type> seen = [];
        Stack<JsonTypeInfo> next = new([root]);
        while (next.TryPop(out JsonTypeInfo? info))
        {
            if (!seen.Add(info.Type))
            {
                continue;
            }

            if (Reason(info) is { } reason)
            {
                string within = info == root ? "" : $", which is within {root.Type},";
                throw new InvalidOperationException(
                    $"{info.Type}{within} can be written and not read: {reason} "
                    + "Put [JsonConverter] on it, or use a type that can be created.");
            }

            foreach (Type type in PartsOf(info))
            {
                if (info.Options.TryGetTypeInfo(type, out JsonTypeInfo? part))
                {
                    next.Push(part);
                }
            }
        }
    }

    // What creates a value is not public, so the serializer is asked with an empty one. A constructor with parameters may reject that.
    [SuppressMessage("Design", "CA1031", Justification = "Calls code of users, whose exceptions say nothing about the type.")]
    private static string? Reason(JsonTypeInfo info)
    {
        string? empty = info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => "[]",
            JsonTypeInfoKind.Dictionary => "{}",
            JsonTypeInfoKind.Object when info is { CreateObject: null, PolymorphismOptions: null } => "{}",
            _ => null,
        };
        try
        {
            _ = empty is null ? null : JsonSerializer.Deserialize(empty, info);
            return null;
        }
        catch (NotSupportedException e)
        {
            return e.Message;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static IEnumerable<Type> PartsOf(JsonTypeInfo info) => info.Kind switch
    {
        JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary => info.ElementType is { } item ? [item] : [],
        JsonTypeInfoKind.Object => info.Properties.Where(static p => p.Set is not null || p.AssociatedParameter is not null)
            .Where(static p => p.CustomConverter is null).Select(static p => p.PropertyType)
            .Concat(info.PolymorphismOptions?.DerivedTypes.Select(static d => d.DerivedType) ?? []),
        _ => Nullable.GetUnderlyingType(info.Type) is { } value ? [value] : [],
    };
}
