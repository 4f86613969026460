using System.Buffers;
using System.Text;
using System.Text.Json;
using Layers.PatchGen.Json;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Reads single values.</summary>
internal static class ValueOf
{
    /// <summary>Reads a value, writes it, reads it back, and asserts that both are equal.</summary>
    public static T Ok<T, TValue>(TValue value, string json)
        where TValue : struct, IPatchValue<T>
    {
        T read = Once<T, TValue>(value, json);
        T again = Once<T, TValue>(value, Written(value, read));
        Assert.True(value.AreEqual(read, again));
        Assert.Equal(value.Hash(read), value.Hash(again));
        return read;
    }

    /// <summary>The code and message of the only problem with a value.</summary>
    public static string Errors<T, TValue>(TValue value, string json)
        where TValue : struct, IPatchValue<T>
    {
        One<T, TValue>.Use(value);
        PatchProblem problem = Assert.Single(Read.Problems<One<T, TValue>>($$"""{"v":{{json}}}"""));
        Assert.Equal("/v", problem.Pointer);
        return $"{problem.Code}: {problem.Message}";
    }

    public static string Written<T, TValue>(TValue value, T of)
        where TValue : struct, IPatchValue<T>
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            value.Write(writer, of);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static T Once<T, TValue>(TValue value, string json)
        where TValue : struct, IPatchValue<T>
    {
        One<T, TValue>.Use(value);
        return Read.Ok<One<T, TValue>>($$"""{"v":{{json}}}""").Value!;
    }
}
