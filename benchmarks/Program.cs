using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Layers.PatchGen.Benchmarks.ReadBenchmarks).Assembly).Run(args);
