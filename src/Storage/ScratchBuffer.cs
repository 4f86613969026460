using System.Buffers;

namespace Layers.PatchGen.Storage;

/// <summary>Bytes that are written to be copied somewhere else at once. Each thread keeps one for the next time, so that neither a document nor an answer allocates it anew.</summary>
internal static class ScratchBuffer
{
    private const int Initial = 2 * 1024;

    // One that grew beyond is left to the garbage collector: a single large document should not stay for good on every thread.
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _kept;

    /// <summary>Takes a buffer. Whoever is called meanwhile and takes one as well gets another.</summary>
    public static ArrayBufferWriter<byte> Take()
    {
        ArrayBufferWriter<byte> buffer = _kept ?? new ArrayBufferWriter<byte>(Initial);
        _kept = null;
        return buffer;
    }

    /// <summary>Gives it back, on whatever thread, once nobody looks at its bytes any more. After an exception it need not be.</summary>
    public static void Return(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity <= LargestKept)
        {
            buffer.ResetWrittenCount();
            _kept = buffer;
        }
    }
}
