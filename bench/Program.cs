using AutoDiff.Bench;
using BenchmarkDotNet.Running;

if (args is ["quick", ..])
    Quick.Run(args.Length > 1 ? args[1] : null);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
