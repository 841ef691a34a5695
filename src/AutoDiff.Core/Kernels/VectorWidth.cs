using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using AutoDiff.Engine;

namespace AutoDiff.Kernels;

/// <summary>How many numbers a vector register holds: the widest that this machine runs in one instruction, or less where the process asks
/// for it. Chosen once, before anything has run, so that code compiled at its best knows it.</summary>
internal static class VectorWidth
{
    /// <summary>The setting that asks for 512, 256 or 128 bits: an environment variable or a property of the runtime
    /// configuration.</summary>
    public const string Setting = "AUTODIFF_VECTOR_WIDTH";

    /// <summary>Numbers a register: 8, 4 or 2.</summary>
    public static readonly int Lanes = Choose(Environment.GetEnvironmentVariable(Setting) ?? AppContext.GetData(Setting) as string);

    /// <summary>Whether x·y + z is one instruction; emulated it takes longer than all the rest.</summary>
    public static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>The numbers that instances are laid out and padded in, at every width.</summary>
    public const int Block = 8;

    /// <summary>The count, rounded up to whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Padded(int count) => (count + Block - 1) & ~(Block - 1);

    /// <summary>The width that a setting asks for, if the machine has it.</summary>
    /// <exception cref="NotSupportedException">The setting names no width.</exception>
    public static int Choose(string? setting)
    {
        int widest = Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : 2;
        return setting switch
        {
            null or "" or "512" => widest,
            "256" => Math.Min(4, widest),
            "128" => 2,
            _ => throw new NotSupportedException(
                $"{Setting} is \"{setting}\". Set it to 512, 256 or 128 bits, or leave it unset for the widest that the machine has."),
        };
    }

    /// <summary>Whether T stands for several numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLanes<T>() => typeof(T) == typeof(Lanes8) || typeof(T) == typeof(Lanes4) || typeof(T) == typeof(Lanes2);
}
