using System.Text;
using System.Text.Json;
using Layers.PatchGen.Runtime.Tests.Models;

namespace Layers.PatchGen.Runtime.Tests;

/// <summary>
/// The commands of this assembly as a process of its own: <c>read</c> reads, writes and compares patches of a hundred members.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments is not ["read"])
        {
            Console.Error.WriteLine("Usage: read. Run the tests by: dotnet test");
            return 2;
        }

        byte[] body = Encoding.UTF8.GetBytes(
            "{" + string.Join(
                ",",
                typeof(HundredPatch).GetProperties().Where(p => p.SetMethod is not null).Select(
                    p => $"\"{JsonNamingPolicy.CamelCase.ConvertName(p.Name)}\":{Sample(p.PropertyType)}")) + "}");
        return Use<HundredPatch>(body) && Use<HundredStructPatch>(body) ? 0 : 1;
    }

    private static bool Use<T>(byte[] body)
        where T : IPatch<T>
    {
        if (!PatchReader.TryRead<T>(body, out var patch, out PatchProblems problems))
        {
            Console.Error.WriteLine(string.Join('\n', problems));
            return false;
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            patch.WriteTo(writer);
        }

        return PatchReader.TryRead<T>(stream.ToArray(), out var again, out _)
            && again.Equals(patch)
            && again.GetHashCode() == patch.GetHashCode();
    }

    private static string Sample(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        Type text when text == typeof(string) => "\"text\"",
        Type flag when flag == typeof(bool) => "true",
        Type { IsEnum: true } => "\"monday\"",
        _ => "12",
    };
}
