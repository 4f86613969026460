namespace Layers.PatchGen.Storage.Tests;

public sealed class CommitMarkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder["database"];

    private string File => Database + "-mark";

    public void Dispose() => _folder.Delete();

    [Fact]
    public void A_database_at_its_mark_or_past_it_is_complete()
    {
        CommitPoint point = Create(commits: 5);
        foreach (CommitPoint found in (CommitPoint[])[point, point.Next(1), point.Next(1).Next(1)])
        {
            using CommitMark mark = CommitMark.Open(Database);
            Assert.Null(mark.Check(found, logIsGone: false, acceptRestore: false));
        }

        // The commit that was found is the new last commit.
        AssertRejected(point.Next(1), "ends at commit 6, but commit 7 was acknowledged");
    }

    [Fact]
    public void A_database_that_ends_before_its_mark_is_not_opened()
    {
        CommitPoint point = Create(commits: 5);
        AssertRejected(point with { Number = 4 }, "ends at commit 4, but commit 5 was acknowledged");
        AssertRejected(point with { Number = 0 }, "ends at commit 0, but commit 5 was acknowledged");
    }

    [Fact]
    public void A_database_of_another_history_is_not_opened()
    {
        CommitPoint point = Create(commits: 5);
        AssertRejected(point with { History = Guid.NewGuid(), Number = 100 }, "do not belong together");
    }

    [Fact]
    public void A_database_without_its_last_commit_is_not_opened()
    {
        Create(commits: 5);
        AssertRejected(null, "does not say which commit is its last");
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("zeros")]
    [InlineData("text")]
    public void A_database_without_a_readable_mark_is_not_opened(string kind)
    {
        CommitPoint point = Create(commits: 5);
        System.IO.File.Delete(File);
        if (kind != "missing")
        {
            System.IO.File.WriteAllBytes(
                File, kind switch { "empty" => [], "zeros" => new byte[8192], _ => [.. Enumerable.Repeat((byte)'x', 8192)] });
        }

        AssertRejected(point, "is missing, empty or damaged");
        AssertRejected(point, "is missing, empty or damaged");
    }

    /// <summary>A write was interrupted: one copy has some of the new bytes, and the other is valid.</summary>
    [Fact]
    public void A_partly_written_copy_is_ignored()
    {
        CommitPoint point = Create(commits: 5);
        byte[] before = System.IO.File.ReadAllBytes(File);
        using (CommitMark mark = CommitMark.Open(Database))
        {
            mark.Write(point.Next(1));
        }

        byte[] after = System.IO.File.ReadAllBytes(File);
        int[] changed = [.. Enumerable.Range(0, after.Length).Where(at => before[at] != after[at])];
        Assert.InRange(changed.Length, 5, 64);
        Assert.True(changed[0] / 4096 == changed[^1] / 4096, "Both copies were written.");
        foreach (int at in changed[1..])
        {
            System.IO.File.WriteAllBytes(File, [.. after[..at], .. before[at..]]);
            AssertRejected(point with { Number = 4 }, "ends at commit 4, but commit 5 was acknowledged");
        }

        System.IO.File.WriteAllBytes(File, after);
        AssertRejected(point, "ends at commit 5, but commit 6 was acknowledged");
    }

    [Fact]
    public void After_a_flipped_bit_in_one_copy_the_other_is_used()
    {
        CommitPoint point = Create(commits: 5);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        foreach (int at in Enumerable.Range(0, whole.Length).Where(at => at % 4096 < 100))
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            System.IO.File.WriteAllBytes(File, damaged);
            using CommitMark mark = CommitMark.Open(Database);
            Assert.Null(mark.Check(point, logIsGone: false, acceptRestore: false));
        }
    }

    [Fact]
    public void An_accepted_restore_is_reported_and_begins_a_new_history()
    {
        CommitPoint point = Create(commits: 5), older = point with { Number = 3 }, fresh = CommitPoint.New() with { Number = 3 };
        using (CommitMark mark = CommitMark.Open(Database))
        {
            Assert.Contains("ends at commit 3", mark.Check(older, logIsGone: false, acceptRestore: true), StringComparison.Ordinal);
        }

        // The process was killed before the new history began.
        AssertRejected(older, "ends at commit 3");
        using (CommitMark mark = CommitMark.Open(Database))
        {
            mark.Start(fresh);
        }

        using (CommitMark mark = CommitMark.Open(Database))
        {
            Assert.Null(mark.Check(fresh, logIsGone: false, acceptRestore: true));
        }

        // The old database, whose commits 4 and 5 are not those of the new history.
        AssertRejected(point, "do not belong together");
    }

    [Fact]
    public void A_log_that_was_deleted_during_a_checkpoint_is_detected()
    {
        CommitPoint point = Create(commits: 5);
        using (CommitMark mark = CommitMark.Open(Database))
        {
            mark.BeginCheckpoint();
            mark.Write(point.Next(0));
        }

        point = point.Next(0);
        AssertRejected(point, "was being copied into the database", logIsGone: true);
        using (CommitMark mark = CommitMark.Open(Database))
        {
            Assert.Null(mark.Check(point, logIsGone: false, acceptRestore: false));
        }

        // After the whole log was copied it is complete.
        AssertRejected(point, "was being copied into the database", logIsGone: true);
        using (CommitMark mark = CommitMark.Open(Database))
        {
            mark.EndCheckpoint();
        }

        using (CommitMark mark = CommitMark.Open(Database))
        {
            Assert.Null(mark.Check(point, logIsGone: true, acceptRestore: false));
        }
    }

    [Fact]
    public void A_missing_database_with_acknowledged_commits_is_not_recreated()
    {
        Create(commits: 0);
        Create(commits: 1);
        using CommitMark mark = CommitMark.Open(Database);
        StoreUnavailableException exception = Assert.Throws<StoreUnavailableException>(() => mark.Create());
        Assert.Equal(StoreFault.Damaged, exception.Fault);
        Assert.Contains("commit 1 was acknowledged", exception.Message, StringComparison.Ordinal);
        Assert.Contains(File, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_can_be_opened_once()
    {
        using (CommitMark.Open(Database))
        {
            StoreUnavailableException exception = Assert.Throws<StoreUnavailableException>(() => CommitMark.Open(Database));
            Assert.Equal(StoreFault.Unavailable, exception.Fault);
            Assert.Contains("in use by another process", exception.Message, StringComparison.Ordinal);
        }

        CommitMark.Open(Database).Dispose();
    }

    /// <summary>A commit on the disk is acknowledged even if the mark cannot be written. Only a new mark must be written.</summary>
    [Fact]
    public void A_commit_succeeds_when_the_mark_cannot_be_written()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        System.IO.File.CreateSymbolicLink(File, "/dev/full");
        using CommitMark mark = CommitMark.Open(Database);
        Assert.Throws<IOException>(() => mark.Create());
        mark.Write(CommitPoint.New());
        mark.BeginCheckpoint();
        mark.EndCheckpoint();
    }

    private CommitPoint Create(int commits)
    {
        using CommitMark mark = CommitMark.Open(Database);
        CommitPoint point = mark.Create();
        for (int i = 0; i < commits; i++)
        {
            point = point.Next(1);
            mark.Write(point);
        }

        return point;
    }

    private void AssertRejected(CommitPoint? found, string because, bool logIsGone = false)
    {
        byte[] before = System.IO.File.Exists(File) ? System.IO.File.ReadAllBytes(File) : [];
        using (CommitMark mark = CommitMark.Open(Database))
        {
            StoreUnavailableException exception =
                Assert.Throws<StoreUnavailableException>(() => mark.Check(found, logIsGone, acceptRestore: false));
            Assert.Equal(StoreFault.Incomplete, exception.Fault);
            Assert.Contains(because, exception.Message, StringComparison.Ordinal);
            Assert.Contains(Database, exception.Message, StringComparison.Ordinal);
            Assert.Contains("AcceptRestore", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }
}
