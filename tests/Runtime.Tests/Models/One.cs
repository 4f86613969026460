using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Models;

/// <summary>A patch of one member, <c>v</c>, that is read in any way.</summary>
internal sealed class One<T, TValue> : IPatch<One<T, TValue>>
    where TValue : struct, IPatchValue<T>
{
    private static readonly PatchNames Names = new(["v"]);

    [ThreadStatic]
    private static TValue _value;

    public T? Value { get; private set; }

    public bool IsEmpty => false;

    /// <summary>How this thread reads the member from now on.</summary>
    public static void Use(TValue value) => _value = value;

    public void WriteTo(Utf8JsonWriter writer) => PatchWriter.Write(writer, "v"u8, _value, Value!);

    public static void Describe(PatchSchemaWriter schema)
    {
        schema.Member<T>("v", _value);
        schema.End(isOpen: false, requireAny: false);
    }

    public static void Check(in One<T, TValue> patch, ref PatchProblemCollector problems) => problems.CheckValue("v", _value, patch.Value);

    public static One<T, TValue> Merge(One<T, TValue> earlier, One<T, TValue> later) => later;

    public static int Read(ref PatchScanner scanner, int at, out One<T, TValue> patch)
    {
        patch = new One<T, TValue>();
        for (at = scanner.FirstName(at); at >= 0; at = scanner.NextName(at))
        {
            (int index, int end) = scanner.FindName(at, Names);
            at = scanner.Colon(end);
            if (index < 0)
            {
                at = scanner.Skip(at);
                continue;
            }

            at = scanner.Read(at, "v", _value, out T? read);
            patch.Value = read;
        }

        return ~at;
    }
}
