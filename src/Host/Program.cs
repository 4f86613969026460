using Layers.PatchGen.Host;

try
{
    await using WebApplication app = HostApp.Build(args);
    await app.RunAsync();
    return 0;
}
catch (SettingsException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
