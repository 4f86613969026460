using System.Diagnostics;

namespace Layers.PatchGen.Storage.Tests;

/// <summary>One process at a time, even if the lock file was deleted or the file locks of .NET are disabled.</summary>
public sealed class SecondProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Delete();

    public static TheoryData<string, bool, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool, string>();
            foreach (string engine in (string[])["sqlite", "litedb"])
            {
                foreach (bool dotNetLocks in (bool[])[true, false])
                {
                    cases.Add(engine, dotNetLocks, "");
                    cases.Add(engine, dotNetLocks, ".lock");
                    cases.Add(engine, dotNetLocks, ".lock -mark");
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_second_process_cannot_open_the_store(string engine, bool dotNetLocks, string deleted)
    {
        string database = _folder[$"documents.{engine}"];
        using Process first = Start("load");
        Assert.Equal("open", await first.StandardOutput.ReadLineAsync());
        await first.StandardOutput.ReadLineAsync();
        foreach (string ending in deleted.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            File.Delete(database + ending);
        }

        using (Process second = Start("open"))
        {
            string output = await second.StandardOutput.ReadToEndAsync();
            await second.WaitForExitAsync();

            // LiteDB's files are locked themselves. SQLite's are not, but it is not opened without its mark.
            Assert.Matches(
                !deleted.Contains("-mark", StringComparison.Ordinal) ? "^Unavailable: .* in use by another process"
                    : engine == "litedb" ? "^Unavailable: .*(locked|used) by another process"
                    : "^Incomplete: .*-mark is missing, empty or damaged",
                output);
            Assert.Equal(1, second.ExitCode);
        }

        // The first process continues.
        Assert.Matches(@"^\d+ \d+$", await first.StandardOutput.ReadLineAsync());
        first.Kill();
        await first.WaitForExitAsync();

        Process Start(string command) => ChildProcess.Start(
            new Dictionary<string, string> { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = dotNetLocks ? "0" : "1" },
            command,
            engine,
            database);
    }
}
