using BenchmarkDotNet.Running;
using Layers.PatchGen.Benchmarks;
using Layers.PatchGen.Benchmarks.Generator;
using Layers.PatchGen.Benchmarks.Ratios;

if (args is ["ratios", ..])
{
    return RatiosCommand.Run(args[1..]);
}

if (args is ["generator"])
{
    return GeneratorCommand.Run();
}

if (args is ["first-call", var candidate])
{
    FirstCall.RunChild(candidate);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(ReadBenchmarks).Assembly).Run(args);
return 0;
