namespace Layers.PatchGen.Storage.Tests;

/// <summary>A folder that is deleted with everything in it.</summary>
internal sealed class TemporaryFolder
{
    public string Path { get; } = Directory.CreateTempSubdirectory("patchgen-storage-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Delete() => Directory.Delete(Path, recursive: true);

    /// <summary>Deletes the folder, even while exiting processes still write to it.</summary>
    public async Task DeleteAsync()
    {
        for (int tried = 0; ; tried++)
        {
            try
            {
                Delete();
                return;
            }
            catch (IOException) when (tried < 50)
            {
                await Task.Delay(100);
            }
        }
    }
}
