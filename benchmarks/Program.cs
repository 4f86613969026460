using BenchmarkDotNet.Running;
using Layers.PatchGen.Benchmarks;
using Layers.PatchGen.Benchmarks.Flatness;
using Layers.PatchGen.Benchmarks.Ratios;

if (args is ["ratios", ..])
{
    return RatiosCommand.Run(args[1..]);
}

if (args is ["flatness", ..])
{
    return FlatnessCommand.Run(args[1..]);
}

if (args is ["first-call", var candidate])
{
    FirstCall.RunChild(candidate);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(ReadBenchmarks).Assembly).Run(args);
return 0;
