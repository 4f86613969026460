using Layers.PatchGen.Host.Demo;
using Layers.PatchGen.Host.Influencers;

namespace Layers.PatchGen.Host;

/// <summary>The log messages after the start.</summary>
internal static partial class Greeting
{
    public static void Write(ILogger logger, Settings settings, ICollection<string> urls)
    {
        string where = settings.StoreKind switch
        {
            DocumentStores.Memory => $"{DocumentStores.Memory}, lost when the host ends",
            // not the string itself, which may have a password
            DocumentStores.Postgres => $"{DocumentStores.Postgres}, at Store:Connection",
            _ => $"{settings.StoreKind} in {settings.StorePath}",
        };
        string url = urls.FirstOrDefault() ?? "";
        string page = $"{url}/{HostOpenApi.Page}";
        if (!settings.Demo)
        {
            LogStarted(logger, where, url, page);
            return;
        }

        string address = $"{url}/v1/{Influencer.Collection}/{DemoData.Ava}";
        LogDemo(logger, where, url, page, DemoKeys.Full, address, """{ "vibe": "calm and curious", "personality": { "humor": "dry" } }""");
    }

    [LoggerMessage(1, LogLevel.Information,
        "Documents: {Store}. Listening on {Url}. Read and try the API at {Page} - the keys are in the setting Keys.")]
    private static partial void LogStarted(ILogger logger, string store, string url, string page);

    [LoggerMessage(2, LogLevel.Information, """
        Documents: {Store}. Listening on {Url}. The demo is on: its keys are public. Read and try the API at {Page} - or run:
        curl -X PATCH {Address} -H "X-Api-Key: {Key}" -H "Content-Type: application/json" -d '{Body}'
        """)]
    private static partial void LogDemo(
        ILogger logger, string store, string url, string page, string key, string address, string body);
}
