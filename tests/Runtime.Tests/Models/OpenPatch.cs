using System.Text.Json;
using Layers.PatchGen.Json;

namespace Layers.PatchGen.Runtime.Tests.Models;

/// <summary>A patch of which nothing is modelled: an open object.</summary>
internal sealed class OpenPatch : IPatch<OpenPatch>
{
    private static readonly PatchNames Names = new([]);

    private Dictionary<string, JsonElement>? _members;

    public IReadOnlyDictionary<string, JsonElement> Members => _members ?? [];

    public bool IsEmpty => _members is null;

    public void WriteTo(Utf8JsonWriter writer) => throw new NotSupportedException();

    public static int Read(ref PatchScanner scanner, int at, out OpenPatch patch)
    {
        patch = new OpenPatch();
        for (at = scanner.FirstName(at); at >= 0; at = scanner.NextName(at))
        {
            int nameAt = at;
            at = scanner.Colon(scanner.FindOpenName(at, Names).End);
            at = scanner.ReadOpenMember(nameAt, at, ref patch._members);
        }

        return ~at;
    }
}
