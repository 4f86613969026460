using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Layers.PatchGen.Generator.Tests;

/// <summary>Patches of a compiled output, used through the public API.</summary>
internal sealed class LoadedPatches(Assembly assembly)
{
    private static readonly MethodInfo UseOf =
        typeof(LoadedPatches).GetMethod(nameof(UsePatch), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>
    /// Reads a body, and returns the patch as JSON and as text, or the pointers and codes of the problems. Asserts that the JSON is read as
    /// an equal patch.
    /// </summary>
    public string Read(string type, string body) => Use(type, body) is var (json, text) ? $"{json}{text}" : "";

    /// <summary>Asserts that the patch is written as the JSON that it was read from.</summary>
    public void AssertKeeps(string type, string body)
    {
        (string json, string text) = Use(type, body);
        Assert.True(json.Length > 0 && JsonElement.DeepEquals(JsonElement.Parse(body), JsonElement.Parse(json)), $"{body}\n{json}\n{text}");
    }

    /// <summary>Calls a static method of the user's code.</summary>
    public object? Call(string type, string method) => assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.Invoke(null, []);

    private (string Json, string Text) Use(string type, string body) =>
        ((string, string))UseOf.MakeGenericMethod(assembly.GetType(type, throwOnError: true)!).Invoke(null, [body])!;

    private static (string Json, string Text) UsePatch<T>(string body)
        where T : IPatch<T>
    {
        if (!PatchReader.TryRead<T>(Encoding.UTF8.GetBytes(body), out var patch, out PatchProblems problems))
        {
            return ("", string.Join(", ", problems.Select(static p => $"{p.Pointer} {p.Code}")));
        }

        string written = Write(patch);
        Assert.True(PatchReader.TryRead<T>(Encoding.UTF8.GetBytes(written), out var again, out problems), string.Join("\n", problems));
        Assert.Equal(patch, again);
        Assert.Equal(patch.GetHashCode(), again.GetHashCode());
        using var schema = new MemoryStream();
        using (var writer = new Utf8JsonWriter(schema))
        {
            T.WriteJsonSchema(writer, PatchReadOptions.Default);
        }

        JsonDocument.Parse(schema.ToArray()).Dispose();
        return (written, " " + patch);
    }

    private static string Write<T>(T patch)
        where T : IPatch<T>
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(
            stream,
            new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            patch.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
