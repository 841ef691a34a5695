using AutoDiff.Hvp;
using BenchmarkDotNet.Attributes;

namespace AutoDiff.Bench;

/// <summary>Plain function, value, gradient and one more Hv of every workload; the plain function is the baseline.</summary>
[MemoryDiagnoser]
public class Derivatives
{
    private double[] _gradient = [], _direction = [], _product = [];
    private LocalModel? _model;

    [ParamsSource(nameof(Workloads))]
    public Workload Workload { get; set; } = null!;

    public static IEnumerable<Workload> Workloads => Bench.Workload.All();

    [GlobalSetup]
    public void SetUp()
    {
        int n = Workload.Point.Length;
        (_gradient, _direction, _product) = (new double[n], new double[n], new double[n]);
        for (int i = 0; i < n; i++)
            _direction[i] = Math.Sin(i + 1);
        _model = Workload.Lambda.At(Workload.Point);
    }

    [GlobalCleanup]
    public void CleanUp() => _model?.Dispose();

    [Benchmark(Baseline = true)]
    public double Plain() => Workload.Plain();

    [Benchmark]
    public double Value() => Workload.Lambda.Value(Workload.Point);

    [Benchmark]
    public double Gradient() => Workload.Lambda.Gradient(Workload.Point, _gradient);

    [Benchmark]
    public void HvpMore() => _model!.Hessian.Apply(_direction, _product);
}
