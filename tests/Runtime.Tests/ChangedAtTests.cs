namespace Layers.PatchGen.Runtime.Tests;

/// <summary>The time of a change is the clock's time, and always later than that of the last change.</summary>
public sealed partial class ChangedAtTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 18, 12, 0, 0, TimeSpan.FromHours(2));

    public static TheoryData<int> Hours => [-400, 0, 3, 10_000];

    [Theory]
    [MemberData(nameof(Hours))]
    public void The_time_is_the_clock_or_one_tick_after_the_last_change(int hours)
    {
        DateTimeOffset last = Now.AddHours(hours), next = hours < 0 ? Now : last.AddTicks(1);
        DateTimeOffset at = Stamp<NotePatch, Note>(new Note { At = last.ToOffset(TimeSpan.FromHours(-7)) }).At;
        Assert.Equal((next, TimeSpan.Zero), (at, at.Offset));
        Assert.Equal(next, Stamp<MaybeNotePatch, MaybeNote>(new MaybeNote { At = last }).At);

        foreach (
            DateTime kind in (DateTime[])
            [
                last.UtcDateTime, last.LocalDateTime, DateTime.SpecifyKind(last.UtcDateTime, DateTimeKind.Unspecified),
            ])
        {
            DateTime utc = Stamp<TodoPatch, Todo>(new Todo { At = kind }).At;
            Assert.Equal((next.UtcDateTime, DateTimeKind.Utc), (utc, utc.Kind));
            Assert.Equal(next.UtcDateTime, Stamp<MaybeTodoPatch, MaybeTodo>(new MaybeTodo { At = kind }).At);
        }
    }

    [Fact]
    public void A_document_that_was_never_changed_gets_the_time_of_the_clock()
    {
        Assert.Equal(Now, Stamp<NotePatch, Note>(default).At);
        Assert.Equal(Now, Stamp<MaybeNotePatch, MaybeNote>(new MaybeNote()).At);
        Assert.Equal(Now.UtcDateTime, Stamp<MaybeTodoPatch, MaybeTodo>(new MaybeTodo()).At);
    }

    [Fact]
    public void The_maximum_time_is_kept()
    {
        Assert.Equal(DateTimeOffset.MaxValue, Stamp<NotePatch, Note>(new Note { At = DateTimeOffset.MaxValue }).At);
        Assert.Equal(
            DateTime.MaxValue, Stamp<TodoPatch, Todo>(new Todo { At = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) }).At);
    }

    private static TDocument Stamp<TPatch, TDocument>(TDocument document)
        where TPatch : IPatch<TPatch, TDocument> => TPatch.Stamp(document, Now);

    internal record struct Note
    {
        [ChangedAt]
        public DateTimeOffset At { get; set; }
    }

    internal sealed record MaybeNote
    {
        [ChangedAt]
        public DateTimeOffset? At { get; init; }
    }

    internal sealed record Todo
    {
        [ChangedAt]
        public DateTime At { get; init; }
    }

    internal sealed class MaybeTodo
    {
        [ChangedAt]
        public DateTime? At { get; set; }
    }

    [Patch<Note>]
    internal sealed partial record NotePatch;

    [Patch<MaybeNote>]
    internal sealed partial record MaybeNotePatch;

    [Patch<Todo>]
    internal sealed partial record TodoPatch;

    [Patch<MaybeTodo>]
    internal sealed partial record MaybeTodoPatch;
}
