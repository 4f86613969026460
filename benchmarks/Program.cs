using BenchmarkDotNet.Running;
using Layers.PatchGen.Benchmarks;
using Layers.PatchGen.Benchmarks.Ratios;
using Layers.PatchGen.Benchmarks.Stores;

if (args is ["ratios", ..])
{
    return RatiosCommand.Run(args[1..]);
}

if (args is ["first-call", var candidate])
{
    FirstCall.RunChild(candidate);
    return 0;
}

if (args is ["stores", ..])
{
    return await StoresCommand.RunAsync(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(ReadBenchmarks).Assembly).Run(args);
return 0;
