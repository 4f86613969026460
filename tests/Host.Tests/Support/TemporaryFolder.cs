namespace Layers.PatchGen.Host.Tests.Support;

/// <summary>A temporary folder, deleted with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("patchgen-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A killed process may still hold a file. The system cleans up its temporary folder.
        }
    }
}
