using System.Globalization;
using Layers.PatchGen.Storage.LiteDb;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

public sealed partial class CheckedLogTests
{
    private const int PageSize = CheckedLog.PageSize;

    private static readonly int Images =
        int.TryParse(Environment.GetEnvironmentVariable("STORE_IMAGES"), NumberStyles.None, CultureInfo.InvariantCulture, out int images)
            ? images
            : 60;

    [Fact]
    public void Pages_are_read_as_written_and_persist()
    {
        using var file = new RecordedFile(new RecordedFile.History());
        CheckedLog log = CheckedLog.Open(file);
        Assert.Equal(0, log.Length);
        Append(log, transaction: 1, pages: 3);
        Append(log, transaction: 2, pages: 1);
        Assert.Equal([(1, 0), (1, 1), (1, 2), (2, 0)], Pages(log));

        log = CheckedLog.Open(file);
        Assert.Equal(4 * PageSize, log.Length);
        Assert.Equal([(1, 0), (1, 1), (1, 2), (2, 0)], Pages(log));
        Append(log, transaction: 3, pages: 2);
        Assert.Equal([(1, 0), (1, 1), (1, 2), (2, 0), (3, 0), (3, 1)], Pages(CheckedLog.Open(file)));
    }

    [Fact]
    public void Parts_of_pages_can_be_read_at_any_position()
    {
        using var file = new RecordedFile(new RecordedFile.History());
        CheckedLog log = CheckedLog.Open(file);
        Append(log, transaction: 1, pages: 2);
        byte[] all = new byte[2 * PageSize], part = new byte[PageSize];
        log.Position = 0;
        Assert.Equal(all.Length, log.Read(all, 0, all.Length));
        log.Position = 5000;
        Assert.Equal(part.Length, log.Read(part, 0, part.Length));
        Assert.Equal(all[5000..(5000 + PageSize)], part);
        Assert.Equal(2 * PageSize - 5000 - PageSize, log.Read(part, 0, part.Length));
        Assert.Equal(0, log.Read(part, 0, part.Length));
    }

    [Fact]
    public void Only_complete_transactions_are_found_again()
    {
        using var file = new RecordedFile(new RecordedFile.History());
        CheckedLog log = CheckedLog.Open(file);
        Append(log, transaction: 1, pages: 2);
        Append(log, transaction: 2, pages: 2, complete: false);
        Assert.Equal(4 * PageSize, log.Length);

        log = CheckedLog.Open(file);
        Assert.Equal([(1, 0), (1, 1)], Pages(log));

        // The incomplete transaction is invalid and cannot continue another one.
        Append(log, transaction: 3, pages: 1);
        Assert.Equal([(1, 0), (1, 1), (3, 0)], Pages(CheckedLog.Open(file)));
    }

    [Fact]
    public void The_rest_of_a_transaction_without_its_beginning_never_reappears()
    {
        using var file = new RecordedFile(new RecordedFile.History());
        CheckedLog log = CheckedLog.Open(file);
        Append(log, transaction: 1, pages: 2);
        long before = file.Length;
        Append(log, transaction: 2, pages: 3);

        // The disk wrote the second and the third page, but not the first, before the power loss.
        byte[] content = file.Content;
        content.AsSpan((int)before, PageSize).Clear();
        using var after = new RecordedFile(new RecordedFile.History(), content);
        log = CheckedLog.Open(after);
        Assert.Equal([(1, 0), (1, 1)], Pages(log));

        // Another page in place of the first must not seem to continue with the other two.
        Append(log, transaction: 3, pages: 1);
        Assert.Equal([(1, 0), (1, 1), (3, 0)], Pages(CheckedLog.Open(after)));
    }

    [Fact]
    public void An_emptied_log_is_empty_and_starts_over()
    {
        using var file = new RecordedFile(new RecordedFile.History());
        CheckedLog log = CheckedLog.Open(file);
        for (int round = 1; round <= 5; round++)
        {
            Append(log, round, pages: 10 - round);
            log.SetLength(0);
            Assert.Equal(0, log.Length);
            Assert.Empty(Pages(CheckedLog.Open(file)));
        }

        Append(log, transaction: 9, pages: 1);
        Assert.Equal([(9, 0)], Pages(CheckedLog.Open(file)));
    }

    [Fact]
    public void A_transaction_is_flushed_once_when_it_is_complete()
    {
        int flushes = 0;
        using var file = new RecordedFile(new RecordedFile.History());
        CheckedLog log = CheckedLog.Open(file);
        Append(log, transaction: 1, pages: 1);
        file.OnFlush = () => flushes++;
        Append(log, transaction: 2, pages: 5, complete: false);
        Assert.Equal(0, flushes);
        Append(log, transaction: 2, pages: 1);
        Assert.Equal(1, flushes);
        log.Flush();
        Assert.Equal(1, flushes);
    }

    [Fact]
    public void A_failed_flush_is_reported_and_its_transaction_is_not_found()
    {
        using var file = new RecordedFile(new RecordedFile.History());
        CheckedLog log = CheckedLog.Open(file);
        Append(log, transaction: 1, pages: 2);
        bool failed = false;
        file.OnFlush = () =>
        {
            if (!failed)
            {
                failed = true;
                throw new IOException("staged");
            }
        };
        Assert.Throws<IOException>(() => Append(log, transaction: 2, pages: 2));
        Assert.Equal([(1, 0), (1, 1)], Pages(log));
        Assert.Equal([(1, 0), (1, 1)], Pages(CheckedLog.Open(file)));
        Append(log, transaction: 3, pages: 1);
        Assert.Equal([(1, 0), (1, 1), (3, 0)], Pages(CheckedLog.Open(file)));
    }

    [Fact]
    public void Only_complete_pages_at_the_end_are_accepted()
    {
        using var file = new RecordedFile(new RecordedFile.History());
        CheckedLog log = CheckedLog.Open(file);
        Append(log, transaction: 1, pages: 1);
        Assert.Throws<NotSupportedException>(() => log.Write(new byte[100], 0, 100));
        log.Position = 0;
        Assert.Throws<NotSupportedException>(() => log.Write(new byte[PageSize], 0, PageSize));
        Assert.Throws<NotSupportedException>(() => log.SetLength(100));
    }

    [Fact]
    public void A_file_of_another_kind_is_rejected_and_an_empty_one_is_new()
    {
        using var text = new RecordedFile(new RecordedFile.History(), [.. Enumerable.Repeat((byte)'x', 20_000)]);
        Assert.Throws<InvalidDataException>(() => CheckedLog.Open(text));
        using var blank = new RecordedFile(new RecordedFile.History(), new byte[20_000]);
        Assert.Equal(0, CheckedLog.Open(blank).Length);
    }

    /// <summary>
    /// At any moment, whatever the disk wrote of what was not flushed: every acknowledged transaction, complete and in order, and nothing
    /// else.
    /// </summary>
    [Theory]
    [InlineData("drop")]
    [InlineData("prefix")]
    [InlineData("subset")]
    public void A_power_loss_loses_nothing_acknowledged(string loss)
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        var history = new RecordedFile.History();
        using var file = new RecordedFile(history);
        CheckedLog log = CheckedLog.Open(file);
        history.Acknowledge("open");
        for (int transaction = 1; transaction <= 60; transaction++)
        {
            Append(log, transaction, pages: random.Next(1, 6));
            history.Acknowledge(transaction);
            if (transaction == 30 || random.Next(12) == 0)
            {
                history.Acknowledge("emptying");
                log.SetLength(0);
                history.Acknowledge("emptied");
            }
            else if (random.Next(6) == 0)
            {
                // Continue after a crash.
                Append(log, transaction: 1000, pages: 2, complete: false);
                log = CheckedLog.Open(file);
            }
        }

        for (int image = 0; image < Images; image++)
        {
            int cut = random.Next(history.Count + 1);
            using var after = new RecordedFile(new RecordedFile.History(), history.Image(file, cut, loss, random));
            object[] acknowledged = [.. history.AcknowledgedBefore(cut)];
            int lastEmptied = Array.LastIndexOf(acknowledged, "emptied");
            int[] since = [.. acknowledged.Skip(lastEmptied + 1).OfType<int>()];
            try
            {
                (int Transaction, int Page)[] pages = [.. Pages(CheckedLog.Open(after))];
                int[] found = [.. pages.Select(page => page.Transaction).Distinct()];
                if (acknowledged.LastOrDefault() is "emptying" && found.Length == 0)
                {
                    continue;
                }

                // One more may be complete but not acknowledged yet.
                Assert.Equal(since, found.Take(since.Length));
                Assert.InRange(found.Length, since.Length, since.Length + 1);
                foreach (IGrouping<int, (int Transaction, int Page)> transaction in pages.GroupBy(page => page.Transaction))
                {
                    Assert.Equal(Enumerable.Range(0, transaction.Count()), transaction.Select(page => page.Page));
                }
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(
                    $"Seed {seed}, image {image}, cut {cut} of {history.Count}, acknowledged {acknowledged.LastOrDefault()}", exception);
            }
        }
    }

    [Fact]
    public void Damage_to_flushed_pages_is_detected_or_harmless()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        using var file = new RecordedFile(new RecordedFile.History());
        CheckedLog log = CheckedLog.Open(file);
        for (int transaction = 1; transaction <= 10; transaction++)
        {
            Append(log, transaction, pages: 2);
        }

        (int, int)[] whole = [.. Pages(log)];
        int rejected = 0;
        for (int flip = 0; flip < 200; flip++)
        {
            byte[] content = file.Content;
            int at = random.Next(content.Length);
            content[at] ^= (byte)(1 << random.Next(8));
            try
            {
                using var damaged = new RecordedFile(new RecordedFile.History(), content);
                (int, int)[] found = [.. Pages(CheckedLog.Open(damaged))];

                // Damage to the last transaction cannot be distinguished from its absence.
                Assert.Equal(whole.Take(found.Length), found);
                Assert.True(found.Length >= whole.Length - 2, $"Seed {seed}, flip at {at}: {found.Length} pages.");
            }
            catch (InvalidDataException)
            {
                rejected++;
            }
        }

        Assert.InRange(rejected, 100, 200);
    }

    [Fact]
    public void Space_is_allocated_before_it_is_needed()
    {
        using var folder = new TemporaryFile();
        using (CheckedLog log = CheckedLog.Open(new DatabaseFile(folder.Path), keep: 1_000_000))
        {
            log.EnsureRoom();
            long length = new FileInfo(folder.Path).Length;
            Assert.True(length > 4_000_000);
            Append(log, transaction: 1, pages: 300);
            Assert.Equal(length, new FileInfo(folder.Path).Length);
            log.EnsureRoom();
            Assert.True(new FileInfo(folder.Path).Length > length);
        }

        using CheckedLog again = CheckedLog.Open(new DatabaseFile(folder.Path), keep: 1_000_000);
        Assert.Equal(300, Pages(again).Count());
        again.SetLength(0);
        Assert.Equal(1_000_000, new FileInfo(folder.Path).Length);
    }
}
