using Layers.PatchGen.Host;

try
{
    await using WebApplication app = HostApp.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (StartFailure.Explain(e) is not null)
{
    await Console.Error.WriteLineAsync(StartFailure.Explain(e));
    return 1;
}
