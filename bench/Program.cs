using AutoDiff.Bench;
using AutoDiff.Bench.AdBench;
using AutoDiff.Bench.Minimization;
using BenchmarkDotNet.Running;

switch (args)
{
    case ["quick", ..]:
        Quick.Run(args.Length > 1 ? args[1] : null);
        break;
    case ["data", ..]:
        DataSums.Run(args.Length > 1 ? args[1] : null);
        break;
    case ["adbench", ..]:
        Comparison.Print(args.Length > 1 ? args[1] : null);
        break;
    case ["scaling"]:
        Scaling.Run();
        break;
    case ["preparing"]:
        Preparing.Run();
        break;
    case ["functions"]:
        Functions.Run();
        break;
    case ["constants"]:
        Constants.Run();
        break;
    case ["widths"]:
        Widths.Run();
        break;
    case ["widths", "here"]:
        Widths.RunHere();
        break;
    case ["products"]:
        Products.Run();
        break;
    case ["minimize", "reference"]:
        ReferenceTable.Print();
        break;
    case ["minimize", "mgh"]:
        MghTable.Print();
        break;
    case ["minimize", "large"]:
        LargeTable.Print();
        break;
    case ["minimize", "saddles"]:
        SaddlesTable.Print();
        break;
    case ["minimize", "inertia"]:
        InertiaTable.Print();
        break;
    case ["minimize", "nist"]:
        NistTable.Print();
        break;
    case ["verdicts"]:
        VerdictsTable.Print();
        break;
    case ["minimize", ..]:
        Console.WriteLine("minimize reference | mgh | large | saddles | inertia | nist");
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
