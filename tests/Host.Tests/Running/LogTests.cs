using System.Net.Http.Headers;
using System.Text;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Testing;

namespace Layers.PatchGen.Host.Tests.Running;

/// <summary>The log of the host with default settings.</summary>
public sealed class LogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_log_has_the_request_id_and_the_code_of_an_error()
    {
        using HostProcess host = await HostProcess.StartAsync(
            "--urls", "http://127.0.0.1:0", "--Demo", "true", "--Store:Path", _folder.Path);
        (string Path, string Json, string? Key, string Expected)[] requests =
        [
            ($"/v1/influencers/{DemoData.Ava}", """{"name":""}""", DemoKeys.Full, "422 validation"),
            ("/v1/influencers/none%0D%0Ainfo:%20forged", """{"vibe":"x"}""", DemoKeys.Full, "404 not_found"),
            ($"/v1/influencers/{DemoData.Ava}", """{"vibe":"x"}""", null, "401 unauthenticated"),
            ($"/v1/projects/{DemoData.OneLayer}/engagement", """{"replies":{"tone":1}}""", DemoKeys.Full, "403 forbidden_fence"),
            ("/nowhere", "{}", DemoKeys.Full, "404 not_found"),
        ];
        foreach ((string path, string json, string? key, string expected) in requests)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, path)
            {
                Content = new StringContent(json, Encoding.UTF8, "application/json"),
            };
            request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
            using HttpResponseMessage response = await host.Client.SendAsync(request);
            string id = (await ApiResponse.ReadAsync(response)).Json.GetProperty("error").GetProperty("requestId").GetString()!;
            string entry = $"{id}: PATCH {path} responded {expected}.";
            string? line;
            do
            {
                line = await host.ReadLineAsync();
                Assert.False(line?.StartsWith("info: forged", StringComparison.Ordinal));
            }
            while (line?.Trim() != entry);
        }
    }
}
