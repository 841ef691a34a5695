#!/usr/bin/env python3
"""Values and derivatives far out: at arguments of 1e160 and beyond, and their limits at infinity.

    apt-get install python3-mpmath && /usr/bin/python3 far.py

rewrites far.tsv beside this file, deterministically, by the formulas of primitives.py, which central differences confirm at moderate
arguments. The limit at infinity is read off the exact results at 1e400 and 1e800: it is the result itself where it has settled, zero
where it has vanished beyond the range of double and goes on falling, and infinity where it goes on growing.
"""
from pathlib import Path

from mpmath import mp, mpf

from primitives import UNARY, decimal

POSITIVE = "sqrt log log2 log10 log1p acosh loggamma digamma trigamma".split()
BOTH = ("negate reciprocal square cbrt exp exp2 exp10 expm1 atan sinh cosh tanh asinh abs sign sigmoid softplus logsigmoid relu gelu silu "
        "erf erfc normalcdf lognormalcdf").split()
FAR = [1e160, 1e200, 1e300]
TINY, HUGE = mpf(10) ** -330, mpf(10) ** 310


# Where Φ(−|x|), which is below exp(−10³¹⁹), is all that there is; mpmath overflows.
VANISHED = {("erfc", 1), ("gelu", -1), ("normalcdf", -1), ("lognormalcdf", 1)}


def outputs(name, x):
    if (name, mp.sign(x)) in VANISHED:
        return [mpf(0)] * 4
    if name == "lognormalcdf":   # ln Φ(x) = −x²/2 − ln(−x√(2π)) and its derivatives, but for relative errors of 1/x²
        return [-x * x / 2 - mp.log(-x * mp.sqrt(2 * mp.pi)), -x, mpf(-1), mpf(0)]
    f, partials, _ = UNARY[name]
    value = mpf(f(x))
    return [value, *(mpf(d) for d in partials(x, value))]


def limit(near, far):
    if near == far:
        return near
    if abs(near) < TINY and abs(far) <= abs(near):
        return mpf(0)
    if abs(far) > abs(near) and abs(far) > 2:   # what settles below 2 does so by 1e400
        return mp.sign(far) * mp.inf
    if abs(near - far) <= mpf(10) ** -390 * abs(far):
        return near
    if abs(far) < abs(near):
        return mpf(0)
    raise ArithmeticError(f"no limit: {mp.nstr(near)}, {mp.nstr(far)}")


def text(x):
    if mp.isinf(x):
        return "Infinity" if x > 0 else "-Infinity"
    return "0" if abs(x) < TINY else ("" if x > 0 else "-") + "Infinity" if abs(x) > HUGE else decimal(x)


def rows(name, sign):
    for x in FAR:
        yield repr(sign * x), outputs(name, sign * mpf(x))
    near, far = (outputs(name, sign * mpf(10) ** e) for e in (400, 800))
    yield ("" if sign > 0 else "-") + "Infinity", [limit(a, b) for a, b in zip(near, far, strict=True)]


if __name__ == "__main__":
    mp.dps = 900
    lines = ["primitive\tx\tvalue\tfirst\tsecond\tthird"]
    for name in sorted(POSITIVE + BOTH):
        for sign in [1] if name in POSITIVE else [-1, 1]:
            lines += ["\t".join([name, x, *map(text, results)]) for x, results in rows(name, sign)]
    (Path(__file__).parent / "far.tsv").write_text("\n".join(lines) + "\n", encoding="ascii")
