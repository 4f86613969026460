namespace Layers.PatchGen.Storage.LiteDb;

/// <summary>The options of a <see cref="LiteDbDocumentStore"/>. Read once, when the store is opened.</summary>
public sealed class LiteDbStoreOptions : FileStoreOptions
{
    /// <summary>The name of the database in a folder: <c>documents.litedb</c>.</summary>
    public const string DefaultFileName = "documents.litedb";
}
