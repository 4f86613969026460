using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Layers.PatchGen.Storage.Tests.LiteDb;

/// <summary>
/// LiteDB's page cache gives wrong pages to threads that use it at the same time (github.com/litedb-org/LiteDB/issues/2817). It needs
/// threads that are interrupted at the wrong moment: so three processes side by side, each with its own database.
/// </summary>
public sealed class LiteDbContentionTests : IDisposable
{
    private const int Processes = 3;

    /// <summary>How often: once, or as <c>STORE_CONTENTION</c> says.</summary>
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

                // Neither starves the other.
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
