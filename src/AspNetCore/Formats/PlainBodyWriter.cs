using System.Text.Json;

namespace Layers.PatchGen.AspNetCore;

/// <summary>The members of a document that operations have touched.</summary>
internal sealed class TouchedMembers
{
    private readonly List<(string Name, TouchedMembers Touched)> _below = []; // few

    /// <summary>Whether the value as a whole was touched, and not only members of it.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The members, in the order in which they were touched.</summary>
    public IReadOnlyList<(string Name, TouchedMembers Touched)> Members => _below;

    /// <summary>Adds a path, in names of the document.</summary>
    public void Add(PatchShape shape, string[] path)
    {
        TouchedMembers at = this;
        ValueShape value = shape;
        foreach (string name in path)
        {
            if (value is WholeShape or ListShape) // the indexes of items change
            {
                break;
            }

            at = at.Below(name);
            value = PlainBodyWriter.Below(value, name);
        }

        at.IsWhole = true;
    }

    private TouchedMembers Below(string name)
    {
        foreach ((string known, TouchedMembers touched) in _below)
        {
            if (known == name)
            {
                return touched;
            }
        }

        var below = new TouchedMembers();
        _below.Add((name, below));
        return below;
    }
}

/// <summary>Writes the plain body that makes one document of another: the final values of the members that were touched.</summary>
/// <param name="writer">The writer.</param>
internal readonly partial struct PlainBodyWriter(Utf8JsonWriter writer)
{
    /// <summary>The places, in names of the document, of nulls that a plain body cannot express: there, a null removes a member.</summary>
    public List<string[]> Nulls { get; } = [];

    /// <summary>What is wrong with items of lists that are patched by key, at its place in names of the document.</summary>
    public List<(string[] Path, PatchProblem Problem)> Invalid { get; } = [];

    /// <summary>The places, in names of the document, of new items in lists whose items are not created.</summary>
    public List<string[]> Missing { get; } = [];

    /// <summary>The value below a name of the document.</summary>
    public static ValueShape Below(ValueShape shape, string name) => shape switch
    {
        PatchShape patch when patch.TryFindInDocument(name, out MemberShape? member) => member.Value,
        MapShape map => map.Values,
        ListShape list => list.Items,
        _ => WholeShape.Shown,
    };

    /// <summary>Writes what was touched of an object.</summary>
    /// <param name="shape">The object.</param>
    /// <param name="touched">What was touched.</param>
    /// <param name="before">The object before; null if there was none.</param>
    /// <param name="after">The object after; null if there is none.</param>
    public void Write(ValueShape shape, TouchedMembers touched, JsonTree? before, JsonTree? after) =>
        Write(shape, touched, before, after, []);

    private void Write(ValueShape shape, TouchedMembers touched, JsonTree? before, JsonTree? after, string[] path)
    {
        if (touched.IsWhole)
        {
            WriteWhole(shape, before, after, path);
            return;
        }

        writer.WriteStartObject();
        foreach ((string name, TouchedMembers below) in touched.Members)
        {
            JsonTree? now = after?.Find(name);
            if (CanWrite(shape, name, before, now, path))
            {
                ValueShape value = Below(shape, name);
                JsonTree? was = value is WholeShape ? null : before?.Find(name); // a value as a whole does not depend on it
                Write(value, below, was, now, value is WholeShape ? path : [.. path, name]);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteWhole(ValueShape shape, JsonTree? before, JsonTree? after, string[] path)
    {
        if (shape is ListShape list && after is { Kind: not JsonValueKind.Null })
        {
            WriteList(list, before, after, path);
            return;
        }

        if (shape is WholeShape || after?.Kind != JsonValueKind.Object)
        {
            (after ?? JsonTree.Null).WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (JsonTree.Member member in after.Members)
        {
            JsonTree? was = before?.Find(member.Name);
            bool isKept = IsReadOnly(shape, member.Name) && was is not null && JsonTree.AreEqual(was, member.Value);
            if (!isKept && CanWrite(shape, member.Name, before, member.Value, path))
            {
                WriteWhole(Below(shape, member.Name), was, member.Value, [.. path, member.Name]);
            }
        }

        WriteRemoved(shape, before, after);
        writer.WriteEndObject();
    }

    /// <summary>Removes what the new object does not have.</summary>
    private void WriteRemoved(ValueShape shape, JsonTree? before, JsonTree after)
    {
        foreach (JsonTree.Member member in before is { Kind: JsonValueKind.Object } ? before.Members : [])
        {
            if (member.Value.Kind != JsonValueKind.Null && after.Find(member.Name) is null)
            {
                WriteName(shape, member.Name);
                writer.WriteNullValue();
            }
        }
    }

    /// <summary>Writes the name of a member, unless the member must not be written.</summary>
    private bool CanWrite(ValueShape shape, string name, JsonTree? parentBefore, JsonTree? after, string[] path)
    {
        if (after?.Kind == JsonValueKind.Null && IsRemovedByNull(shape, name))
        {
            if (parentBefore?.Find(name)?.Kind != JsonValueKind.Null)
            {
                Nulls.Add([.. path, name]);
            }

            return false;
        }

        WriteName(shape, name);
        return true;
    }

    private void WriteName(ValueShape shape, string name) =>
        writer.WritePropertyName(shape is PatchShape patch && patch.TryFindInDocument(name, out MemberShape? member) ? member.Name : name);

    // Keys of dictionaries and members of open objects.
    private static bool IsRemovedByNull(ValueShape shape, string name) =>
        shape is MapShape || (shape is PatchShape { IsOpen: true } patch && !patch.TryFindInDocument(name, out _));

    private static bool IsReadOnly(ValueShape shape, string name) =>
        shape is PatchShape { IsOpen: false } patch && !patch.TryFindInDocument(name, out _);
}
