using System.Buffers;
using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

// The new document. What stays as it is, is written in runs: a run begins at a name, at the comma before it, or at a closing brace.
public ref partial struct DocumentSplicer
{
    /// <summary>Adds bytes of the document to the run, which is written first if they do not follow it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Extend(int start, int end)
    {
        // Only a comma stands between two members of a run.
        if ((uint)(start - _runEnd) > 1)
        {
            StartRun(start);
        }

        _runEnd = end;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StartRun(int start)
    {
        Flush();
        _runStart = start;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Flush()
    {
        if (_runEnd == None)
        {
            return;
        }

        (int start, int end) = (_runStart, _runEnd);
        _runEnd = None;
        if (_timeEnd != 0)
        {
            // The time of the change, which nothing had changed before.
            Write(start, _timeStart);
            WriteTime(_time!, _timeStart, _timeEnd);
            start = _timeEnd;
            _timeEnd = 0;
        }

        Write(start, end);
    }

    /// <summary>Writes the run up to a value that is replaced, and then the new value.</summary>
    private void Replace(int start, int end, scoped ReadOnlySpan<byte> json)
    {
        BeginReplace(start);
        Write(json);
        EndReplace(end);
    }

    private void BeginReplace(int start)
    {
        Extend(_at, start);
        Flush();
        _changes++;
    }

    private void EndReplace(int end)
    {
        (_runStart, _runEnd) = (end, end); // continues with the comma
        Next(end);
    }

    /// <summary>Writes the name of a member that the document does not have yet; its value follows.</summary>
    private void Insert(scoped ReadOnlySpan<byte> name)
    {
        Flush();
        WriteComma();
        Write(name);
        _changes++;
    }

    /// <summary>Leaves out the member that ends at a position.</summary>
    private void Remove(int end)
    {
        Flush();
        _changes++;
        Next(end);
    }

    private void Write(int start, int end)
    {
        if (_document[start] == (byte)'"')
        {
            WriteComma();
        }

        if (start < end)
        {
            Write(_document.Between(start, end));
        }
    }

    private void WriteComma()
    {
        if (_output[_written - 1] != (byte)'{')
        {
            Reserve(1)[0] = (byte)',';
            _written++;
        }
    }

    private void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _written += bytes.Length;
    }

    /// <summary>Room for further bytes, which are counted when they are written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int count)
    {
        if (_output.Length - _written < count)
        {
            Grow(count);
        }

        return _output[_written..];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _output.Length, _written + count));
        _output[.._written].CopyTo(larger);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }

        _output = _rented = larger;
    }

    // Of exact length, since a store may keep it. It is filled, so that it need not be cleared before.
    private readonly byte[] Written()
    {
        byte[] document = GC.AllocateUninitializedArray<byte>(_written);
        _output[.._written].CopyTo(document);
        return document;
    }
}
