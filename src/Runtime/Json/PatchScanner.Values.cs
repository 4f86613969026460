using System.Runtime.CompilerServices;

namespace Layers.PatchGen.Json;

// Members' values.
public ref partial struct PatchScanner
{
    /// <summary>Reads a member's value, which may not be null.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="name">The member.</param>
    /// <param name="value">How to read it.</param>
    /// <param name="result">The value; the type's default if there was a problem.</param>
    /// <returns>The position after the value.</returns>
    public int Read<T, TValue>(int at, string name, TValue value, out T? result)
        where TValue : struct, IPatchValue<T>
    {
        int mark = Problems.Enter();
        if (IsNull(at))
        {
            result = default;
            at = RejectNull(at);
        }
        else
        {
            at = value.Read(ref this, at, out result);
        }

        Problems.Leave(mark, name);
        return at;
    }

    /// <summary>Reads a member's value, which may be null.</summary>
    /// <inheritdoc cref="Read{T, TValue}(int, string, TValue, out T)"/>
    public int ReadNullable<T, TValue>(int at, string name, TValue value, out T? result)
        where T : class
        where TValue : struct, IPatchValue<T>
    {
        if (IsNull(at))
        {
            result = null;
            return ReadNull<T, TValue>(at, name, value);
        }

        int mark = Problems.Enter();
        at = value.Read(ref this, at, out result);
        Problems.Leave(mark, name);
        return at;
    }

    /// <inheritdoc cref="ReadNullable{T, TValue}(int, string, TValue, out T)"/>
    public int ReadNullable<T, TValue>(int at, string name, TValue value, out T? result)
        where T : struct
        where TValue : struct, IPatchValue<T>
    {
        if (IsNull(at))
        {
            result = null;
            return ReadNull<T, TValue>(at, name, value);
        }

        int mark = Problems.Enter();
        at = value.Read(ref this, at, out T read);
        result = read;
        Problems.Leave(mark, name);
        return at;
    }

    /// <inheritdoc cref="Read{T, TValue}(int, string, TValue, out T)"/>
    public int Read(int at, string name, StringValue value, out string? result)
    {
        if (_body[at] != (byte)'"')
        {
            return Read<string, StringValue>(at, name, value, out result);
        }

        return ReadString(at, out result);
    }

    /// <inheritdoc cref="ReadNullable{T, TValue}(int, string, TValue, out T)"/>
    public int ReadNullable(int at, string name, StringValue value, out string? result)
    {
        if (_body[at] != (byte)'"')
        {
            return ReadNullable<string, StringValue>(at, name, value, out result);
        }

        return ReadString(at, out result);
    }

    /// <summary>Reads a member that is a patch itself and may not be null.</summary>
    /// <param name="at">The first byte of the value.</param>
    /// <param name="name">The member.</param>
    /// <param name="patch">The patch; undefined if there was a problem.</param>
    /// <returns>The position after the value.</returns>
    public int ReadPatch<TPatch>(int at, string name, out TPatch? patch)
        where TPatch : IPatch<TPatch>
    {
        int mark = Problems.Enter();
        if (IsNull(at))
        {
            patch = default;
            at = RejectNull(at);
        }
        else
        {
            at = TPatch.Read(ref this, at, out patch);
        }

        Problems.Leave(mark, name);
        return at;
    }

    /// <summary>Reads a member that is a patch itself and may be null.</summary>
    /// <inheritdoc cref="ReadPatch{TPatch}(int, string, out TPatch)"/>
    public int ReadNullablePatch<TPatch>(int at, string name, out TPatch? patch)
        where TPatch : class, IPatch<TPatch>
    {
        if (IsNull(at))
        {
            patch = null;
            return at + 4;
        }

        return ReadPatch(at, name, out patch);
    }

    /// <inheritdoc cref="ReadNullablePatch{TPatch}(int, string, out TPatch)"/>
    public int ReadNullablePatch<TPatch>(int at, string name, out TPatch? patch)
        where TPatch : struct, IPatch<TPatch>
    {
        if (IsNull(at))
        {
            patch = null;
            return at + 4;
        }

        at = ReadPatch(at, name, out TPatch read);
        patch = read;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadNull<T, TValue>(int at, string name, TValue value)
        where TValue : struct, IPatchValue<T>
    {
        if (TValue.ChecksNull)
        {
            int mark = Problems.Enter();
            value.CheckNull(ref Problems);
            Problems.Leave(mark, name);
        }

        return at + 4;
    }

    /// <summary>Reports a null that is not allowed.</summary>
    /// <returns>The position after it.</returns>
    internal int RejectNull(int at)
    {
        Problems.Add(ProblemKind.NullNotAllowed, null, null);
        return at + 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly bool IsNull(int at) => _body.Load4(at) == Literal.Null;
}
