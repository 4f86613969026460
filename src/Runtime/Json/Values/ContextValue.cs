using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>
/// Values of any other type, as a <see cref="System.Text.Json.Serialization.JsonSerializerContext"/> reads and writes them. They are
/// compared by their JSON.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="info">The context's metadata of the type.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ContextValue<T>(JsonTypeInfo<T> info) : IPatchValue<T>
{
    /// <inheritdoc/>
    static bool IPatchValue<T>.KeepsObjects => true;

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "Calls code of users. No input makes the reader throw.")]
    public int Read(ref PatchScanner scanner, int at, out T? value)
    {
        value = default;
        int start = at;
        at = scanner.ReadJson(at, out bool accepted);
        if (!accepted)
        {
            return at;
        }

        ReadOnlySpan<byte> json = scanner.Between(start, at);
        try
        {
            value = JsonSerializer.Deserialize(json, info);
            if (value is null)
            {
                ContextProblems.Add(ref scanner.Problems, json, info, "$");
            }
        }
        catch (JsonException e)
        {
            ContextProblems.Add(ref scanner.Problems, json, info, e.Path ?? "$");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            ContextProblems.Add(ref scanner.Problems, json, info, "$");
        }

        return at;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, T value) => JsonSerializer.Serialize(writer, value, info);

    /// <inheritdoc/>
    public void Check(ref PatchProblemCollector problems, T value)
    {
    }

    /// <inheritdoc/>
    public void Describe(PatchSchemaWriter schema) => schema.Exported(info);

    /// <inheritdoc/>
    public bool AreEqual(T left, T right) =>
        ReferenceEquals(left, right)
        || PatchEquality.Same(JsonSerializer.SerializeToElement(left, info), JsonSerializer.SerializeToElement(right, info));

    /// <inheritdoc/>
    public int Hash(T value) => PatchValues.JsonElement.Hash(JsonSerializer.SerializeToElement(value, info));
}
