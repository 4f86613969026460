using BenchmarkDotNet.Running;
using Layers.PatchGen.Benchmarks;
using Layers.PatchGen.Benchmarks.Flatness;
using Layers.PatchGen.Benchmarks.Generator;
using Layers.PatchGen.Benchmarks.Ratios;
using Layers.PatchGen.Benchmarks.Stores;

switch (args)
{
    case ["ratios", ..]:
        return RatiosCommand.Run(args[1..]);
    case ["flatness", ..]:
        return FlatnessCommand.Run(args[1..]);
    case ["generator"]:
        return GeneratorCommand.Run();
    case ["stores", ..]:
        return await StoresCommand.RunAsync(args[1..]);
    case ["first-call", var candidate]:
        FirstCall.RunChild(candidate);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ReadBenchmarks).Assembly).Run(args);
        return 0;
}
