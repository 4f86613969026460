namespace Layers.PatchGen.Json;

/// <summary>Reads one body. Called by generated code.</summary>
public ref struct PatchScanner
{
}
