using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Tests.Support;
using Layers.PatchGen.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Layers.PatchGen.Host.Tests.Running;

/// <summary>The start of the host, and its error messages for invalid settings.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Store:Kind", "Oracle", "Store:Kind")]
    [InlineData("Store:Kind", "sqlite", "Store:Kind")]
    [InlineData("Store:Kind", "Postgres", "Store:Connection")]
    [InlineData("Demo", "perhaps", "Demo")]
    [InlineData("MaxDocumentBytes", "0", "MaxDocumentBytes")]
    [InlineData("MaxDocumentBytes", "1 MiB", "MaxDocumentBytes")]
    [InlineData("MaxDocumentBytes", "3000000000", "MaxDocumentBytes")]
    [InlineData("Formats", "Xml", "Formats")]
    [InlineData("Formats", "JsonPatch,mergepatch", "Formats")]
    [InlineData("PathBase", "api", "PathBase")]
    [InlineData("PathBase", "/api/", "PathBase")]
    [InlineData("PathBase", "/a?b", "PathBase")]
    [InlineData("Store:VerifyOnOpn", "true", "There is no setting Store:VerifyOnOpn.")]
    [InlineData("Store:AcceptRestore", "true", "There is no setting Store:AcceptRestore.")]
    [InlineData("Keys:0:Sha256", "abc", "Keys:0")]
    [InlineData("Keys:0:Tenant", "org_1", "Sha256")]
    public void An_invalid_setting_is_reported_at_start(string name, string value, string message)
    {
        string[] arguments = ["--Store:Path", _folder.Path, $"--{name}", value];
        if (name == "Keys:0:Sha256")
        {
            arguments = [.. arguments, "--Keys:0:Tenant", "org_1", "--Keys:0:Scopes", "influencers:read"];
        }

        SettingsException e = Assert.Throws<SettingsException>(() => HostApp.Build(arguments));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_another_host_has_open_is_rejected()
    {
        await using var first = HostApp.Build(TestHost.Arguments(_folder.Path));
        await first.StartAsync();
        await using var second = HostApp.Build(TestHost.Arguments(_folder.Path));
        StoreUnavailableException e = await Assert.ThrowsAsync<StoreUnavailableException>(() => second.StartAsync());
        Assert.Contains(_folder.Path, e.Message, StringComparison.Ordinal);
    }

    /// <summary>With the wrong or no Store:Kind, the host must not create an empty store beside the existing one.</summary>
    [Theory]
    [InlineData("Sqlite", "documents.sqlite", "LiteDb", "LiteDb (the default)")]
    [InlineData("Sqlite", "documents.sqlite", null, "LiteDb (the default)")]
    [InlineData("LiteDb", "documents.litedb", "Sqlite", "Sqlite")]
    public async Task A_folder_of_another_store_is_rejected_and_not_changed(string owner, string database, string? configured, string kind)
    {
        await using (var app = HostApp.Build(TestHost.Arguments(_folder.Path, "--Store:Kind", owner)))
        {
            await app.StartAsync();
        }

        Dictionary<string, byte[]> before = Files();
        Assert.Contains(Path.Combine(_folder.Path, database), before.Keys);
        (int code, string error) = await HostProcess.RunAsync(
        [
            "--urls", "http://127.0.0.1:0", "--Store:Path", _folder.Path,
            .. configured is null ? (string[])[] : ["--Store:Kind", configured],
        ]);
        Assert.Equal(1, code);
        Assert.Equal(
            $"The folder of Store:Path, {_folder.Path}, belongs to another store: its documents are in {database}, "
            + $"and Store:Kind is {kind}. "
            + $"Set Store:Kind to {owner}, or Store:Path to another folder. Nothing was changed.",
            error.Trim());
        Assert.Equal(before, Files());

        Dictionary<string, byte[]> Files() => Directory.GetFiles(_folder.Path).ToDictionary(file => file, File.ReadAllBytes);
    }

    [Fact]
    public async Task An_invalid_setting_is_reported_in_one_line_with_exit_code_1()
    {
        (int code, string error) = await HostProcess.RunAsync("--Store:Kind", "Oracle");
        Assert.Equal(1, code);
        Assert.Equal("The setting Store:Kind is 'Oracle'; it must be LiteDb, Sqlite, Postgres or Memory.", error.Trim());
    }

    [Fact]
    public async Task An_address_in_use_is_reported_in_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string address = $"http://{listener.LocalEndpoint}";
        (int code, string error) = await HostProcess.RunAsync("--urls", address, "--Store:Path", _folder.Path);
        Assert.Equal(1, code);
        Assert.Equal(
            $"Failed to bind to address {address}: address already in use. "
            + "Stop the process that listens there, or choose another address, such as --urls http://localhost:5081",
            error.Trim());
    }

    [Fact]
    public async Task An_address_of_another_machine_is_reported_in_one_line()
    {
        // TEST-NET-1, RFC 5737
        (int code, string error) = await HostProcess.RunAsync("--urls", "http://192.0.2.1:5080", "--Store:Path", _folder.Path);
        Assert.Equal(1, code);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Contains("--urls", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_reported_in_one_line()
    {
        string file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        foreach (string path in (string[])
        [
            file, Path.Combine(file, "below"), .. OperatingSystem.IsLinux() ? ["/proc/patchgen"] : Array.Empty<string>(),
        ])
        {
            (int code, string error) = await HostProcess.RunAsync("--urls", "http://127.0.0.1:0", "--Store:Path", path);
            Assert.True(code == 1, error);
            Assert.Single(error.Trim().Split('\n'));
            Assert.StartsWith("The store cannot be opened. ", error, StringComparison.Ordinal);
            Assert.Contains(path, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_start_logs_the_store_the_folder_and_a_command_to_try()
    {
        using HostProcess host = await HostProcess.StartAsync(
            "--urls", "http://127.0.0.1:0", "--Demo", "true", "--Store:Path", _folder.Path);
        Assert.Contains($"LiteDb in {_folder.Path}", host.Output, StringComparison.Ordinal);
        string output = host.Output + await host.ReadLineAsync();
        Assert.Contains($"curl -X PATCH {host.Client.BaseAddress}v1/influencers/{DemoData.Ava} ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tenant")]
    [InlineData("Organisation")] // the name in 0.1.0
    public async Task In_production_there_is_no_demo_and_keys_come_hashed_from_configuration(string tenantSetting)
    {
        string hash = Convert.ToHexString(SHA256.HashData("lp_live_of_my_own"u8));
        await using var app = HostApp.Build(
        [
            "--urls", "http://127.0.0.1:0", "--environment", "Production", "--Store:Path", _folder.Path,
            "--Logging:LogLevel:Default", "Warning",
            "--Keys:0:Sha256", hash, $"--Keys:0:{tenantSetting}", DemoData.Tenant, "--Keys:0:Scopes", "influencers:read influencers:write",
        ]);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal(401, await PatchAsync(client, DemoKeys.Full));
        Assert.Equal(401, await PatchAsync(client, hash));
        Assert.Equal(404, await PatchAsync(client, "lp_live_of_my_own")); // the key is valid, the store is empty
        await HostFixture.AddInfluencerAsync(
            app.Services.GetRequiredService<IDocumentStore>(),
            change: influencer => influencer with { InfluencerId = DemoData.Ava });
        Assert.Equal(200, await PatchAsync(client, "lp_live_of_my_own")); // the document is of the same tenant
    }

    private static async Task<int> PatchAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/influencers/" + DemoData.Ava) { Content = new StringContent(
            """{"vibe":"x"}""", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using HttpResponseMessage response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
