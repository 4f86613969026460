using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

/// <summary>
/// LiteDB's page cache can return wrong pages to concurrent threads (github.com/litedb-org/LiteDB/issues/2817), if a thread is interrupted
/// at the wrong moment. Three concurrent processes, each with its own database, make this likely.
/// </summary>
public sealed class LiteDbContentionTests : IDisposable
{
    private const int Processes = 3;

    /// <summary>The number of rounds: <c>STORE_CONTENTION</c>, by default 1.</summary>
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("STORE_CONTENTION"), CultureInfo.InvariantCulture, out int rounds) ? rounds : 1;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Delete();

    [Fact]
    public async Task Sixteen_writers_and_fifty_readers_get_the_right_documents()
    {
        for (int round = 0; round < Rounds; round++)
        {
            ContentionReport[] reports =
                await Task.WhenAll(Enumerable.Range(0, Processes).Select(process => RunAsync(_folder[$"{round}-{process}"])));
            foreach (ContentionReport report in reports)
            {
                Assert.Equal(
                    new ContentionReport(report.Reads, report.Writes, Failures: 0, First: null, Contention.Documents, Openings: 1), report);

                // Neither reads nor writes starve.
                Assert.InRange(report.Reads, 100, long.MaxValue);
                Assert.InRange(report.Writes, 100, long.MaxValue);
            }
        }
    }

    private static async Task<ContentionReport> RunAsync(string place)
    {
        using Process process = ChildProcess.Start("contend", "litedb", place);
        Assert.Equal("open", await process.StandardOutput.ReadLineAsync());
        string report = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Console.WriteLine(report.Trim());
        return JsonSerializer.Deserialize<ContentionReport>(report)!;
    }
}
