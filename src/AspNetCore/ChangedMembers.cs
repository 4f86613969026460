using System.Collections;
using System.Text.Json;
using Layers.PatchGen.Storage;

namespace Layers.PatchGen.AspNetCore;

/// <summary>
/// What a change has made of a document, member by member, as in its JSON. Objects are compared member by member; arrays and other values
/// as a whole. Compared each time that it is enumerated, and not before.
/// </summary>
/// <remarks>Members that a handler derives, and the time of the change (<see cref="ChangedAtAttribute"/>), are among them.</remarks>
public sealed class ChangedMembers : IEnumerable<ChangedMember>
{
    private readonly ReadOnlyMemory<byte> _before;
    private readonly ReadOnlyMemory<byte> _after;
    private readonly DocumentView? _view;

    internal ChangedMembers(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, DocumentView view) =>
        (_before, _after, _view) = (before, after, view);

    private ChangedMembers()
    {
    }

    /// <summary>No change, for tests of hooks.</summary>
    public static ChangedMembers None { get; } = new();

    /// <summary>The changes with the values of <see cref="NotInResponseAttribute"/> members, which are otherwise left out.</summary>
    public IEnumerable<ChangedMember> WithHiddenValues() => Compare(showHidden: true);

    /// <inheritdoc/>
    public IEnumerator<ChangedMember> GetEnumerator() => Compare(showHidden: false).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<ChangedMember> Compare(bool showHidden)
    {
        if (_view is null)
        {
            return [];
        }

        var whole = new Pair(Parse(_before), Parse(_after));
        return Compare("", whole, showHidden || _view.ShowsAll ? whole : new(Parse(_view.Apply(_before)), Parse(_view.Apply(_after))));
    }

    private static IEnumerable<ChangedMember> Compare(string pointer, Pair whole, Pair shown)
    {
        if (whole.AreEqual)
        {
            yield break;
        }

        bool isHidden = (whole.Before is not null && shown.Before is null) || (whole.After is not null && shown.After is null);
        if (whole.AreObjects && !isHidden)
        {
            foreach (string name in whole.Names)
            {
                foreach (ChangedMember member in Compare(pointer + Pointer.To(name), whole.Member(name), shown.Member(name)))
                {
                    yield return member;
                }
            }
        }
        else
        {
            // Items of an array may differ in hidden members alone.
            isHidden |= shown.AreEqual;
            yield return isHidden ? new(pointer, null, null, IsHidden: true) : new(pointer, shown.Before, shown.After, IsHidden: false);
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> json) =>
        JsonElement.Parse(json.Span, new JsonDocumentOptions { MaxDepth = DocumentJson.MaxDepth });

    /// <summary>A value before and after the change; null where there is none.</summary>
    private readonly record struct Pair(JsonElement? Before, JsonElement? After)
    {
        public bool AreObjects => Before?.ValueKind == JsonValueKind.Object && After?.ValueKind == JsonValueKind.Object;

        public bool AreEqual => Before is { } before && After is { } after
            ? JsonElement.DeepEquals(before, after)
            : Before.HasValue == After.HasValue;

        public IEnumerable<string> Names => NamesOf(Before!.Value).Union(NamesOf(After!.Value));

        public Pair Member(string name) => new(Find(Before, name), Find(After, name));

        private static IEnumerable<string> NamesOf(JsonElement value) => value.EnumerateObject().Select(static member => member.Name);

        private static JsonElement? Find(JsonElement? value, string name) =>
            value?.TryGetProperty(name, out JsonElement member) == true ? member : null;
    }
}

/// <summary>A member of a document that a patch has changed.</summary>
/// <param name="Pointer">The JSON Pointer (RFC 6901) of the member in the document, such as <c>/personality/humor</c>.</param>
/// <param name="Before">The value before the change; null if there was none, or it is left out. JSON's null is a value.</param>
/// <param name="After">The value after the change; null if there is none, or it is left out.</param>
/// <param name="IsHidden">
/// Whether both values are left out, because the member is <see cref="NotInResponseAttribute"/>, or differs in such members only.
/// </param>
public readonly record struct ChangedMember(string Pointer, JsonElement? Before, JsonElement? After, bool IsHidden);
