using System.Runtime.InteropServices;

namespace AutoDiff.Kernels;

/// <summary>A native BLAS with 32-bit integers, through its function <c>cblas_dgemm</c>.</summary>
internal sealed unsafe class NativeBlasLibrary
{
    private const int RowMajor = 101, Plain = 111, Transposed = 112;

    /// <summary>Multiplications from which a native product repays its call.</summary>
    private const long SmallestProduct = 32 * 32 * 32;

    private static readonly Lazy<NativeBlasLibrary?> FirstFound =
        new(() => Candidates.Select(TryLoad).FirstOrDefault(found => found is not null));

    private readonly delegate* unmanaged[Cdecl]<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int,
        void> _dgemm;
    private readonly delegate* unmanaged[Cdecl]<int, void> _setThreads;

    private NativeBlasLibrary(string name, nint dgemm, nint setThreads)
    {
        Name = name;
        _dgemm = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int,
            void>)dgemm;
        _setThreads = (delegate* unmanaged[Cdecl]<int, void>)setThreads;
    }

    /// <summary>The library of this process; looked for once.</summary>
    public static NativeBlasLibrary? Found => FirstFound.Value;

    /// <summary>The same, null also while it has not been looked for.</summary>
    public static NativeBlasLibrary? FoundAlready => FirstFound.IsValueCreated ? FirstFound.Value : null;

    public string Name { get; }

    /// <summary>Where to look; a name without a path is sought as the platform seeks libraries, beside the application first.</summary>
    private static string[] Candidates =>
        OperatingSystem.IsWindows() ? ["libopenblas.dll", "openblas.dll", "mkl_rt.2.dll", "mkl_rt.1.dll", "mkl_rt.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libopenblas.0.dylib", "libopenblas.dylib", "/System/Library/Frameworks/Accelerate.framework/Accelerate"]
        : ["libopenblas.so.0", "libopenblas.so", "libmkl_rt.so.2", "libmkl_rt.so.1", "libmkl_rt.so"];

    /// <summary>
    /// The library of that name, or null where there is none, or none that multiplies as <see cref="MatrixProduct"/> does. What was loaded
    /// stays loaded: a BLAS may have threads in its code.
    /// </summary>
    public static NativeBlasLibrary? TryLoad(string name)
    {
        if (!NativeLibrary.TryLoad(name, typeof(NativeBlasLibrary).Assembly, null, out nint handle))
            return null;
        if (!NativeLibrary.TryGetExport(handle, "cblas_dgemm", out nint dgemm) || HasLongIntegers(handle))
            return null;
        if (!NativeLibrary.TryGetExport(handle, "openblas_set_num_threads", out nint setThreads))
            NativeLibrary.TryGetExport(handle, "MKL_Set_Num_Threads", out setThreads);
        var library = new NativeBlasLibrary(name, dgemm, setThreads);
        library.SetThreads(NativeBlas.Threads);
        return library.MultipliesAsExpected() ? library : null;
    }

    /// <summary>Whether an OpenBLAS was built for 64-bit integers, whose arguments do not lie where ours do.</summary>
    private static bool HasLongIntegers(nint handle)
    {
        if (!NativeLibrary.TryGetExport(handle, "openblas_get_config", out nint getConfig))
            return false;
        byte* text = ((delegate* unmanaged[Cdecl]<byte*>)getConfig)();
        return Marshal.PtrToStringUTF8((nint)text)?.Contains("USE64BITINT", StringComparison.Ordinal) ?? false;
    }

    public void SetThreads(int count)
    {
        if (_setThreads != null)
            _setThreads(count);
    }

    /// <summary>Whether a product is worth the call, and means the same there: a BLAS skips a product that is multiplied by zero.</summary>
    public static bool Takes(int m, int n, int k, double alpha) => (long)m * n * k >= SmallestProduct && alpha != 0;

    /// <summary>C = α·op(A)·op(B), or C += it; row-major, no dimension zero.</summary>
    public void Multiply(
        int m, int n, int k, double alpha, double* a, int lda, bool transposeA, double* b, int ldb, bool transposeB, double* c, int ldc,
        bool accumulate) =>
        _dgemm(
            RowMajor, transposeA ? Transposed : Plain, transposeB ? Transposed : Plain, m, n, k, alpha, a, lda, b, ldb,
            accumulate ? 1 : 0, c, ldc);

    /// <summary>
    /// Products of whole numbers, which are exact in any order, small and larger ones, with rows longer than needed, over NaN; with a NaN
    /// and an ∞ in A that meet zeros in B.
    /// </summary>
    private bool MultipliesAsExpected()
    {
        foreach ((int m, int n, int k) in new[] { (3, 5, 4), (37, 41, 67), (130, 70, 150) })
        {
            for (int transposes = 0; transposes < 4; transposes++)
            {
                if (!MultipliesAsExpected(m, n, k, (transposes & 1) != 0, (transposes & 2) != 0))
                    return false;
            }
        }

        return true;
    }

    private bool MultipliesAsExpected(int m, int n, int k, bool transposeA, bool transposeB)
    {
        int lda = (transposeA ? m : k) + 3, ldb = (transposeB ? k : n) + 2, ldc = n + 1;
        double[] a = WholeNumbers((transposeA ? k : m) * lda, 7), b = WholeNumbers((transposeB ? n : k) * ldb, 11);
        double[] native = new double[m * ldc], own = new double[m * ldc];
        native.AsSpan().Fill(double.NaN);
        own.AsSpan().Fill(double.NaN);
        a[transposeA ? 1 : lda] = double.PositiveInfinity;
        a[transposeA ? lda + 2 : 2 * lda + 1] = double.NaN;
        fixed (double* pa = a, pb = b, pc = native, po = own)
        {
            MatrixView aView = transposeA ? new(pa, 1, lda) : new(pa, lda, 1), bView = transposeB ? new(pb, 1, ldb) : new(pb, ldb, 1);
            foreach (bool accumulate in (ReadOnlySpan<bool>)[false, true])
            {
                Multiply(m, n, k, 2, pa, lda, transposeA, pb, ldb, transposeB, pc, ldc, accumulate);
                Simd.Run(new MatrixProductBlocks(m, n, k, 2, aView, bView, new MatrixView(po, ldc, 1), accumulate));
            }
        }

        for (int i = 0; i < own.Length; i++)
        {
            if (!native[i].Equals(own[i]))
                return false;
        }

        return true;
    }

    /// <summary>0, ±1, … with many zeros.</summary>
    private static double[] WholeNumbers(int length, int period)
    {
        var numbers = new double[length];
        for (int i = 0; i < length; i++)
            numbers[i] = i % 3 == 0 ? 0 : i % period - period / 2;
        return numbers;
    }
}
