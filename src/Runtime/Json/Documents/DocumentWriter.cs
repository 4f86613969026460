using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

/// <summary>Writes single values as a contract does. One is kept for each thread.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Disposing the writer would return nothing: the buffer is an ordinary array.")]
internal sealed class DocumentWriter
{
    // A larger buffer is left to the garbage collector, so that a large value is not kept on every thread.
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static DocumentWriter? _kept;

    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private readonly Utf8JsonWriter _writer;

    private DocumentWriter(JsonWriterOptions options) => _writer = new(_buffer, options);

    /// <summary>Takes a writer. Nested calls get different ones.</summary>
    public static DocumentWriter Take(JsonWriterOptions options)
    {
        DocumentWriter? kept = _kept;
        _kept = null;
        return kept is not null && kept._writer.Options.Encoder == options.Encoder ? kept : new(options);
    }

    /// <summary>Returns the writer. Optional after an exception.</summary>
    public void Return()
    {
        if (_buffer.Capacity <= LargestKept)
        {
            _kept = this;
        }
    }

    /// <summary>Writes a value.</summary>
    /// <returns>Its JSON; valid until the next value is written.</returns>
    public ReadOnlySpan<byte> Write<T>(T value, JsonTypeInfo<T> type)
    {
        Reset();
        JsonSerializer.Serialize(_writer, value, type);
        return Written();
    }

    /// <inheritdoc cref="Write{T}(T, JsonTypeInfo{T})"/>
    public ReadOnlySpan<byte> Write(string value)
    {
        Reset();
        _writer.WriteStringValue(value);
        return Written();
    }

    /// <inheritdoc cref="Write{T}(T, JsonTypeInfo{T})"/>
    public ReadOnlySpan<byte> Write(JsonElement value)
    {
        Reset();
        value.WriteTo(_writer);
        return Written();
    }

    private void Reset()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
    }

    private ReadOnlySpan<byte> Written()
    {
        _writer.Flush();
        return _buffer.WrittenSpan;
    }
}
