using AutoDiff.Kernels;

namespace AutoDiff;

/// <summary>
/// Whether matrix products may go to a native BLAS found on this machine: OpenBLAS, Intel MKL or Apple Accelerate. Off unless switched on;
/// without a library everything works as if it were off.
/// </summary>
/// <remarks>
/// <para>It is off by default because the library's own kernels give the same bits for the same inputs on the same machine, whatever the
/// number of threads, and an element of a product the same bits whatever surrounds it. A native BLAS promises neither: its summation order
/// depends on shape, version and thread count. Its results agree with the library's own to rounding, 2(k + 2)·2⁻⁵³·Σ|aᵢₚ||bₚⱼ| for an inner
/// length k, and NaN and ∞ propagate alike: a library that fails this test when it is loaded is not used.</para>
/// <para>Besides <see cref="Enabled"/>, the AppContext switch <c>AutoDiff.NativeBlas</c> (a RuntimeHostConfigurationOption of the project)
/// or the environment variable <c>AUTODIFF_NATIVE_BLAS=1</c> switch it on from the start; the AppContext switch wins. Outer and
/// matrix × vector products, small products, and the rare sweep in arithmetic with an absolute zero always use the library's own kernels.
/// No reflection is involved; it works under trimming and AOT.</para>
/// <para>Members may be used from any thread. They act on the whole process: switch before computing, since a change shows in the last bits
/// of products computed after it.</para>
/// </remarks>
public static class NativeBlas
{
    private static volatile bool _enabled = AppContext.TryGetSwitch("AutoDiff.NativeBlas", out bool on)
        ? on
        : Environment.GetEnvironmentVariable("AUTODIFF_NATIVE_BLAS") is "1" or "true";

    private static volatile int _threads = 1;

    /// <summary>
    /// Whether large matrix products go to the native library, if there is one. Initially <see langword="false"/> unless the AppContext
    /// switch or the environment variable says otherwise.
    /// </summary>
    public static bool Enabled
    {
        get => _enabled;
        set => _enabled = value;
    }

    /// <summary>
    /// The native library by the name under which it was found, or <see langword="null"/> if there is none or none that passes the test.
    /// The first call, or the first large product with <see cref="Enabled"/> set, looks for it and loads it.
    /// </summary>
    public static string? Library => NativeBlasLibrary.Found?.Name;

    /// <summary>
    /// The threads that OpenBLAS or MKL may use for one product; 1 unless set. With more, bits may depend on their number. Every other user
    /// of that native library in the process is affected too. Accelerate decides for itself.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one thread.</exception>
    public static int Threads
    {
        get => _threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _threads = value;
            NativeBlasLibrary.FoundAlready?.SetThreads(value);
        }
    }
}
