using System.ComponentModel;
using System.Text.Json;

namespace Layers.PatchGen.Json;

/// <summary>Writes the members of a patch. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PatchWriter
{
    /// <summary>Writes a member with a value, or null.</summary>
    public static void Write<T, TValue>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, TValue codec, T? value)
        where TValue : struct, IPatchValue<T>
    {
        writer.WritePropertyName(name);
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            codec.Write(writer, value);
        }
    }

    /// <summary>Writes a member with a value, or null.</summary>
    public static void Write<T, TValue>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, TValue codec, T? value)
        where T : struct
        where TValue : struct, IPatchValue<T>
    {
        writer.WritePropertyName(name);
        if (value is { } present)
        {
            codec.Write(writer, present);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    /// <summary>Writes a member that is a patch itself, or null.</summary>
    public static void WritePatch<TPatch>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, TPatch? patch)
        where TPatch : IPatch<TPatch>
    {
        writer.WritePropertyName(name);
        if (patch is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            patch.WriteTo(writer);
        }
    }

    /// <summary>Writes a member that is a patch itself, or null.</summary>
    public static void WritePatch<TPatch>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, TPatch? patch)
        where TPatch : struct, IPatch<TPatch>
    {
        writer.WritePropertyName(name);
        if (patch is { } present)
        {
            present.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    /// <summary>Writes the members of an open object.</summary>
    public static void WriteOpen(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, JsonElement>>? members)
    {
        foreach ((string name, JsonElement value) in members ?? [])
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }
}
