namespace Layers.PatchGen.Storage;

/// <summary>The address of a document. Parts are compared ordinally, byte for byte.</summary>
/// <param name="Organisation">Whose it is; empty for a single tenant.</param>
/// <param name="Collection">What kind of document it is.</param>
/// <param name="Id">Which one, unique in its organisation and collection.</param>
public readonly record struct DocumentKey(string Organisation, string Collection, string Id);

/// <summary>A document as stored.</summary>
/// <param name="Key">Its address.</param>
/// <param name="Version">Its version.</param>
/// <param name="Json">Its content: one JSON object, UTF-8.</param>
public sealed record StoredDocument(DocumentKey Key, DocumentVersion Version, ReadOnlyMemory<byte> Json);
