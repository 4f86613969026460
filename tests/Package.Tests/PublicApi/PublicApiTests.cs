using System.Reflection;
using System.Runtime.CompilerServices;
using Layers.PatchGen.AspNetCore;
using Layers.PatchGen.OpenApi;
using Layers.PatchGen.Storage.LiteDb;
using Layers.PatchGen.Storage.Postgres;
using Layers.PatchGen.Storage.Sqlite;

namespace Layers.PatchGen.Package.Tests.PublicApi;

/// <summary>
/// The public API of each package is written down beside this file, so that a change of it is seen and meant. What differs is left as <c>.received.txt</c>; to accept it, rename it.
/// What only generated code calls is written down too, apart: assemblies that were compiled against an earlier release call it as well.
/// </summary>
public class PublicApiTests
{
    private const string ForGeneratedCode = "Layers.PatchGen.Json";

    public static TheoryData<Assembly> Assemblies =>
    [
        typeof(PatchAttribute).Assembly, typeof(PatchEndpointAttribute).Assembly, typeof(PatchOpenApi).Assembly,
        typeof(LiteDbDocumentStore).Assembly, typeof(PostgresDocumentStore).Assembly, typeof(SqliteDocumentStore).Assembly,
    ];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_API_is_as_written_down(Assembly assembly) =>
        Verify(assembly.GetName().Name!, ApiListing.Of(assembly, static type => type.Namespace != ForGeneratedCode));

    [Fact]
    public void What_generated_code_calls_is_as_written_down() => Verify(ForGeneratedCode, ApiListing.Of(typeof(PatchAttribute).Assembly, static type => type.Namespace == ForGeneratedCode));

    private static void Verify(string name, string text, [CallerFilePath] string testFile = "")
    {
        string stem = Path.Combine(Path.GetDirectoryName(testFile)!, $"PublicApi.{name}");
        string verified = stem + ".verified.txt", received = stem + ".received.txt";
        if (File.Exists(verified) && File.ReadAllText(verified).ReplaceLineEndings("\n") == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        string[] before = File.Exists(verified) ? File.ReadAllLines(verified) : [], after = text.Split('\n');
        Assert.Fail($"{Path.GetFileName(verified)} differs; what there is now lies beside it as {Path.GetFileName(received)}\n"
            + string.Join("\n", before.Except(after).Select(static line => "- " + line).Concat(after.Except(before).Select(static line => "+ " + line)).Take(40)));
    }
}
