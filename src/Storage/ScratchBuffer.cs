using System.Buffers;

namespace Layers.PatchGen.Storage;

/// <summary>
/// A buffer for bytes that are copied elsewhere immediately. Each thread keeps one, so that neither a document nor a response allocates
/// one.
/// </summary>
internal static class ScratchBuffer
{
    private const int Initial = 2 * 1024;

    // A larger one is left to the garbage collector, so that a large document is not kept on every thread.
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _kept;

    /// <summary>Takes a buffer. Nested calls get different ones.</summary>
    public static ArrayBufferWriter<byte> Take()
    {
        ArrayBufferWriter<byte> buffer = _kept ?? new ArrayBufferWriter<byte>(Initial);
        _kept = null;
        return buffer;
    }

    /// <summary>Returns a buffer that is no longer used, on any thread. Optional after an exception.</summary>
    public static void Return(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity <= LargestKept)
        {
            buffer.ResetWrittenCount();
            _kept = buffer;
        }
    }
}
