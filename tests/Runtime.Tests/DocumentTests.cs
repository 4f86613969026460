namespace Layers.PatchGen.Runtime.Tests;

/// <summary>Every kind of document type is patched, stamped and compared in the same way, and kept if nothing changes.</summary>
public sealed partial class DocumentTests
{
    private static readonly DateTimeOffset Time = new(2026, 4, 18, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Records_with_init_are_copied() =>
        AssertCopied(new InitRecord { Title = "a" }, static d => (d.Title, d.Note?.Text, d.At), InitPatch.Diff);

    [Fact]
    public void Records_with_required_members_are_copied() =>
        AssertCopied(
            new RequiredRecord { Title = "a", At = default, Note = null }, static d => (d.Title, d.Note?.Text, d.At), RequiredPatch.Diff);

    [Fact]
    public void Positional_records_are_copied() =>
        AssertCopied(new PositionalRecord("a", null, default), static d => (d.Title, d.Note?.Text, d.At), PositionalPatch.Diff);

    [Fact]
    public void Derived_records_are_copied_completely()
    {
        DerivedRecord document = new() { Title = "a", Extra = 7 };
        AssertCopied(document, static d => (d.Title, d.Note?.Text, d.At), DerivedPatch.Diff);
        Assert.Equal(7, Apply<DerivedPatch, DerivedRecord>(document, """{"title":"b"}""", out _).Extra);

        // A patch of the base type keeps the derived type.
        Assert.Equal(7, Assert.IsType<DerivedRecord>(Apply<InitPatch, InitRecord>(document, """{"title":"b"}""", out _)).Extra);
    }

    [Fact]
    public void Structs_are_copied()
    {
        StructDocument document = new() { Title = "a" };
        StructDocument after = Apply<StructPatch, StructDocument>(document, """{"title":"b","note":{"text":"n"}}""", out bool changed);
        Assert.True(changed);
        Assert.Equal(("a", "b", "n"), (document.Title, after.Title, after.Note!.Text));
        Assert.Equal(Time, Stamp<StructPatch, StructDocument>(after).At);
        Assert.Equal("StructPatch { Title = b, Note = NotePatch { Text = n } }", StructPatch.Diff(document, after).ToString());
    }

    [Fact]
    public void Classes_are_changed_in_place()
    {
        MutableDocument document = new() { Title = "a" };
        MutableDocument before = new() { Title = "a" };
        Assert.Same(document, Apply<MutablePatch, MutableDocument>(document, """{"title":"a"}""", out bool changed));
        Assert.False(changed);
        Assert.Same(document, Apply<MutablePatch, MutableDocument>(document, """{"title":"b","note":{"text":"n"}}""", out changed));
        Assert.True(changed);
        Assert.Equal(("b", "n"), (document.Title, document.Note!.Text));
        Note note = document.Note;
        Apply<MutablePatch, MutableDocument>(document, """{"note":{"text":"m"}}""", out _);
        Assert.Same(note, document.Note);
        Assert.Equal("m", note.Text);
        Assert.Same(document, Stamp<MutablePatch, MutableDocument>(document));
        Assert.Equal(Time.UtcDateTime, document.At);
        Assert.Equal("MutablePatch { Title = b, Note = NotePatch { Text = m } }", MutablePatch.Diff(before, document).ToString());
    }

    private static void AssertCopied<TPatch, TDocument>(
        TDocument document, Func<TDocument, (string, string?, DateTimeOffset)> show, Func<TDocument, TDocument, TPatch> diff)
        where TPatch : IPatch<TPatch, TDocument>
        where TDocument : class
    {
        Assert.Same(document, Apply<TPatch, TDocument>(document, """{"title":"a","note":{}}""", out bool changed));
        Assert.False(changed);
        TDocument after = Apply<TPatch, TDocument>(document, """{"title":"b","note":{"text":"n"}}""", out changed);
        Assert.True(changed);
        Assert.Equal((("a", null, default), ("b", "n", default(DateTimeOffset))), (show(document), show(after)));
        Assert.Equal(("b", "n", Time), show(Stamp<TPatch, TDocument>(after)));
        Assert.Equal(Read.Ok<TPatch>("""{"title":"b","note":{"text":"n"}}"""), diff(document, after));
        Assert.Equal(show(document), show(Apply<TPatch, TDocument>(after, """{"title":"a","note":null}""", out _)));
    }

    private static TDocument Apply<TPatch, TDocument>(TDocument document, string body, out bool changed)
        where TPatch : IPatch<TPatch, TDocument>
    {
        TDocument patched = Read.Ok<TPatch>(body).ApplyTo(document, out MemberSet<TPatch> members);
        changed = !members.IsEmpty;
        return patched;
    }

    private static TDocument Stamp<TPatch, TDocument>(TDocument document)
        where TPatch : IPatch<TPatch, TDocument> => TPatch.Stamp(document, Time);

    internal sealed class Note
    {
        public string? Text { get; set; }
    }

    [Patch<Note>]
    internal sealed partial record NotePatch
    {
        public partial string? Text { get; init; }
    }

    internal record InitRecord
    {
        public string Title { get; init; } = "";

        public Note? Note { get; init; }

        [ChangedAt]
        public DateTimeOffset At { get; init; }
    }

    internal sealed record RequiredRecord
    {
        public required string Title { get; init; }

        public required Note? Note { get; init; }

        [ChangedAt]
        public required DateTimeOffset At { get; init; }
    }

    internal sealed record PositionalRecord(string Title, Note? Note, [property: ChangedAt] DateTimeOffset At);

    internal sealed record DerivedRecord : InitRecord
    {
        public int Extra { get; init; }
    }

    internal struct StructDocument
    {
        public string Title { get; set; }

        public Note? Note { get; init; }

        [ChangedAt]
        public DateTimeOffset At { get; set; }
    }

    internal sealed class MutableDocument
    {
        public string Title { get; set; } = "";

        public Note? Note { get; set; }

        [ChangedAt]
        public DateTime At { get; set; }
    }

    [Patch<InitRecord>]
    internal sealed partial record InitPatch
    {
        public partial string Title { get; init; }

        public partial NotePatch? Note { get; init; }
    }

    [Patch<RequiredRecord>]
    internal sealed partial record RequiredPatch
    {
        public partial string Title { get; init; }

        public partial NotePatch? Note { get; init; }
    }

    [Patch<PositionalRecord>]
    internal sealed partial record PositionalPatch
    {
        public partial string Title { get; init; }

        public partial NotePatch? Note { get; init; }
    }

    [Patch<DerivedRecord>]
    internal sealed partial record DerivedPatch
    {
        public partial string Title { get; init; }

        public partial NotePatch? Note { get; init; }
    }

    [Patch<StructDocument>]
    internal sealed partial record StructPatch
    {
        public partial string Title { get; init; }

        public partial NotePatch? Note { get; init; }
    }

    [Patch<MutableDocument>]
    internal sealed partial record MutablePatch
    {
        public partial string Title { get; init; }

        public partial NotePatch? Note { get; init; }
    }
}
