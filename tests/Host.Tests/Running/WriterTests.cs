using System.Globalization;
using System.Text.Json;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Running;

/// <summary>Concurrent writers on one document.</summary>
public sealed class WriterTests(HostFixture host) : HostTest(host)
{
    private const int Writers = 16;
    private const int Rounds = 25;

    [Fact]
    public async Task A42_16_writers_on_one_document_lose_no_change()
    {
        string path = await Host.AddInfluencerAsync();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (int round = 1; round <= Rounds; round++)
            {
                ApiResponse response = await PatchAsync(path, $$$"""{"personality":{"w{{{writer}}}":{{{round}}}}}""");
                Assert.Equal(200, response.Status);
                Assert.Equal(round, response.Json.GetProperty("personality").GetProperty($"w{writer}").GetInt32());
            }
        }));

        ApiResponse end = await GetAsync(path);
        for (int writer = 0; writer < Writers; writer++)
        {
            Assert.Equal(Rounds, end.Json.GetProperty("personality").GetProperty($"w{writer}").GetInt32());
        }

        // Each change has its own version: none was overwritten.
        Assert.Equal((Writers * Rounds) + 1, VersionOf(end.ETag));
    }

    [Fact]
    public async Task If_Match_16_writers_increment_one_counter_without_a_lost_update()
    {
        string path = await Host.AddInfluencerAsync();
        await AcceptedAsync(path, """{"personality":{"count":0}}""");

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            for (int round = 0; round < 5;)
            {
                ApiResponse read = await GetAsync(path);
                int next = read.Json.GetProperty("personality").GetProperty("count").GetInt32() + 1;
                ApiResponse response = await PatchAsync(
                    path, $$$"""{"personality":{"count":{{{next}}}}}""", headers: ("If-Match", read.ETag));
                Assert.True(response.Status is 200 or 412, response.Text);
                round += response.Status == 200 ? 1 : 0;
            }
        }));

        Assert.Equal(Writers * 5, (await GetAsync(path)).Json.GetProperty("personality").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A42_A_reader_never_sees_a_partial_patch()
    {
        string path = await Host.AddInfluencerAsync();
        await AcceptedAsync(path, """{"vibe":"0","style":"0","personality":{"humor":"0"}}""");
        using var done = new CancellationTokenSource();
        Task writing = Task.Run(async () =>
        {
            for (int i = 1; i <= 200; i++)
            {
                Assert.Equal(
                    200, (await PatchAsync(path, $$$"""{"vibe":"{{{i}}}","style":"{{{i}}}","personality":{"humor":"{{{i}}}"}}""")).Status);
            }

            await done.CancelAsync();
        });
        while (!done.IsCancellationRequested && !writing.IsCompleted)
        {
            JsonElement record = (await GetAsync(path)).Json;
            string? vibe = record.GetProperty("vibe").GetString();
            Assert.Equal(vibe, record.GetProperty("style").GetString());
            Assert.Equal(vibe, record.GetProperty("personality").GetProperty("humor").GetString());
        }

        await writing;
    }

    private static long VersionOf(string etag) =>
        long.Parse(etag.Trim('"').Split('-')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
