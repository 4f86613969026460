namespace Layers.PatchGen.Storage;

/// <summary>For those who write a store in files: where its database is.</summary>
public static class StoreFile
{
    /// <summary>
    /// The full path of the database that <paramref name="path"/> means: a file, or a folder, in which it is called <paramref name="name"/>. What does not exist yet is a
    /// file if its name has an extension, and a folder if not.
    /// </summary>
    public static string Resolve(string path, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        bool folder = Directory.Exists(full) || Path.EndsInDirectorySeparator(full) || (!File.Exists(full) && !Path.HasExtension(full));
        return folder ? Path.Combine(full, name) : full;
    }
}
