using Layers.PatchGen.Host;

try
{
    if (args.Contains(HostApp.Migrate))
    {
        await HostApp.MigrateAsync(args);
        await Console.Out.WriteLineAsync("The tables of the store are up to date.");
        return 0;
    }

    await using WebApplication app = HostApp.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (StartFailure.Explain(e) is not null)
{
    await Console.Error.WriteLineAsync(StartFailure.Explain(e));
    return 1;
}
