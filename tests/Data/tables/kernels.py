#!/usr/bin/python3
"""Writes kernels.tsv: elementary and special functions with 25 correct digits, by mpmath with 60 (Debian: python3-mpmath).

    python3 kernels.py > kernels.tsv
    python3 kernels.py 2000 > more.tsv      the same and 2000 random arguments per function, from a fixed seed

Columns: name, x, second argument (or the order of the polygamma function; empty), value, and the magnitude to whose last place an error is
compared: |value| except where the function is ill-conditioned (x f'(x) next to a root
that the argument in double does not resolve, 1 for lgamma below zero, or
the larger argument of logaddexp, whose terms cancel).
"""
import random
import sys

from mpmath import acos, acosh, asin, asinh, atan, atan2, atanh, cbrt, cos, cosh, cospi, cot, digamma, erf, erfc, exp, expm1, log, loggamma
from mpmath import mp, mpf, pi, power, psi, sin, sinh, sinpi, sqrt, tan, tanh

mp.dps = 60
count = int(sys.argv[1]) if len(sys.argv) > 1 else 0
rng = random.Random(20260101)


def log1p(x):
    return x - x * x / 2 + x**3 / 3 if abs(x) < mpf(10) ** -40 else log(1 + x)


def erfcx(x):
    if x < 100:
        return exp(x * x) * erfc(x)
    total, term, k = mpf(0), mpf(1), 0
    while abs(term) > mpf(10) ** -50:
        total += term
        k += 1
        term *= -(2 * k - 1) / (2 * x * x)
    return total / (x * sqrt(pi))


def erfc_(x):
    return exp(-x * x) * erfcx(x) if x > 100 else mpf(2) - erfc_(-x) if x < -100 else erfc(x)


def erf_(x):
    return 1 - erfc_(x) if abs(x) > 100 else erf(x)


def ncdf(x):
    return erfc_(-x / sqrt(mpf(2))) / 2


def log_ncdf(x):
    return -x * x / 2 + log(erfcx(-x / sqrt(mpf(2))) / 2) if x < 0 else log1p(-ncdf(-x))


def mills(x):
    return sqrt(2 / pi) / erfcx(-x / sqrt(mpf(2))) if x < 0 else exp(-x * x / 2) / sqrt(2 * pi) / ncdf(x)


def softplus(x):
    return max(x, mpf(0)) + log1p(exp(-abs(x)))


def log_gamma(x):
    return loggamma(x).real


def digamma_(x):
    return digamma(x) if x > -100 else digamma(1 - x) - pi * cot(pi * x)


def trigamma(x):
    return psi(1, x) if x > -100 else (pi / sin(pi * x)) ** 2 - psi(1, 1 - x)


def numbers(text):
    return [float(word) for word in text.split()]


def signed(grid):
    return [s * x for x in grid for s in (1, -1)]


tiny = numbers("""
    5e-324 1e-310 2.2250738585072014e-308 1e-300 1e-200 1e-100 1e-30 1e-20 1.1e-16 2.3e-16 1e-15 1e-10 1e-08 1e-05 0.001
""")
middle = numbers("""
    0.01 0.03125 0.1 0.17 0.25 0.3 0.34 0.3466 0.35 0.41 0.4142 0.42 0.5 0.6 0.69 0.7 0.71 0.75 0.9 0.99 0.9999999999999999 1.0
    1.0000000000000002 1.01 1.1 1.2 1.3 1.41 1.5 1.7 1.9 2.0 2.2 2.5 2.7 3.0 3.3 4.0 4.7 5.5 6.5 7.3 8.1 9.9 10.0
""")
large = numbers("""
    12.5 15.0 19.0 22.0 25.3 30.0 36.0 36.7 37.0 40.0 52.3 88.0 100.0 150.5 300.0 500.0 690.0 700.0 708.0 708.5 709.5 709.78 709.79
    710.0 710.4 710.47 710.48 720.0 740.0 744.0 745.0 745.1 745.2 746.0 800.0 1000.0 100000.0
""")
huge = numbers("""
    100000000.0 1000000000000000.0 1e+18 1e+50 1e+154 1e+200 1e+300 1e+308
""")
positive = tiny + middle + large + huge
both = signed(positive)
unit = signed(tiny + [m for m in middle if m < 1] + [0.999, 0.999999999])
tail = signed(tiny + middle + numbers("""
    5.86 5.93 6.2 8.2 8.3 11.0 13.0 20.0 24.0 26.5 26.54 26.55 26.6 27.0 27.2 27.23 28.0 33.0 37.5 37.7 38.0 38.4 38.45 38.48 38.5 38.6
    39.0 45.0
""") + huge)
exponent = signed(positive + numbers("""
    1021.9 1022.5 1023.3 1023.9999 1024.0 1050.3 1073.7 1074.3 1074.9 1075.1 1076.0
"""))
angles = [x for x in both if abs(x) < 1e16] + signed(numbers("""
    0.7853981633974483 1.5707963267948966 2.356194490192345 3.141592653589793 4.71238898038469 6.283185307179586 11.0 33.0 355.0 710.0
    103993.0 208341.0 312689.0 833719.0 1048576.0 1048577.5
"""))
closed = signed(tiny + [m for m in middle if m <= 1] + [0.4999999999999999, 0.5000000000000001, 0.999, 0.999999999])
turns = [x for x in both if abs(x) < 1e18] + signed(numbers("""
    0.75 0.7500000000000001 1.25 1.4999999999999998 1.75 2.25 1000.3 65536.5 1048577.25 123456789.125 4503599627370495.5
"""))
near_one = [1 + s * 10.0**-k for k in (2, 3, 5, 8, 11, 14) for s in (1, -1)]
decades = numbers(" ".join(f"1e{k}" for k in (-323, -300, -100, -5, -2, 2, 3, 5, 15, 22)))
ten = signed(tiny + middle + numbers("12.5 22.0 100.0 150.5 299.99 307.0 308.0 308.25 308.254 308.26 310.0 320.3 323.0 323.3 323.4 324.0 350.0"))
near_roots = [root + s * 10.0**-k for root in (1, 2) for k in (1, 2, 4, 8, 12, 15) for s in (1, -1)]
gamma = positive + near_roots + numbers("""
    1.4616321449683622 1.4616321449683622 1.4616321449683625 1.4616 1.47 1.45 1.43 2.499 2.501 9.999 10.001 33.3 77.7 171.0 1000.0
    10000.0 2.5e+305
""")
below = [-x for x in tiny if x > 1e-309] + numbers("""
    -0.1 -0.25 -0.49 -0.5 -0.504083008264455 -0.6 -0.9 -0.999999 -1.000001 -1.2 -1.5 -1.573498473162391 -1.9 -1.9999999999999998
    -2.0000000000000004 -2.3 -2.4570247382208006 -2.5 -2.610720868444144 -2.7476826467274127 -2.9 -3.1 -3.143580888349981 -3.5
    -3.9552942848585984 -4.3 -4.7 -5.5 -7.2 -9.5 -9.99 -10.3 -12.5 -15.75 -20.1 -33.3 -55.5 -100.25 -1000.5 -12345.678 -1000000.25
    -10000000000.5
""")
order = [x for x in gamma if 1e-40 < x < 1e60] + [x for x in below if -1001 < x < -1e-30]

# name, function, grid, random arguments, magnitude
uniform = lambda a, b: (lambda: rng.uniform(a, b))
wide = lambda a, b: (lambda: rng.choice((1, -1)) * 10 ** rng.uniform(a, b))
one = [
    ("exp", exp, both, uniform(-745, 709.7), None),
    ("expm1", expm1, both, wide(-20, 2.85), None),
    ("exp2", lambda x: power(2, x), exponent, uniform(-1074, 1024), None),
    ("log", log, positive, lambda: 10 ** rng.choice((rng.uniform(-1, 1), rng.uniform(-323, 308))), None),
    ("logp1", log1p, positive + [-x for x in tiny + middle if x < 1], lambda: rng.choice((10 ** rng.uniform(-18, 3), -rng.random())), None),
    ("sinh", sinh, both, wide(-3, 2.85), None),
    ("cosh", cosh, both, wide(-3, 2.85), None),
    ("tanh", tanh, both, wide(-3, 1.4), None),
    ("asinh", asinh, both, wide(-3, 3), None),
    ("acosh", acosh, [x for x in positive if x >= 1], lambda: 1 + 10 ** rng.uniform(-10, 10), None),
    ("atanh", atanh, unit, uniform(-1, 1), None),
    ("atan", atan, both, wide(-3, 3), None),
    ("cbrt", lambda x: cbrt(x) if x >= 0 else -cbrt(-x), both, wide(-300, 300), None),
    ("sigmoid", lambda x: 1 / (1 + exp(-x)), both, uniform(-745, 60), None),
    ("logsigmoid", lambda x: -softplus(-x), both, uniform(-40, 745), None),
    ("softplus", softplus, both, uniform(-745, 40), None),
    ("silu", lambda x: x / (1 + exp(-x)), both, uniform(-40, 40), None),
    ("gelu", lambda x: x * ncdf(x), tail, uniform(-38, 10), None),
    ("erf", erf_, tail, wide(-3, 0.8), None),
    ("erfc", erfc_, tail, uniform(-6, 26.5), None),
    ("erfcx", erfcx, [x for x in tail if x > -30], uniform(-26, 100), None),
    ("normalcdf", ncdf, tail, uniform(-38, 9), None),
    ("lognormalcdf", log_ncdf, tail, uniform(-100, 10), None),
    ("inversemills", mills, tail, uniform(-100, 38), None),
    ("loggamma", log_gamma, gamma, lambda: 10 ** rng.uniform(-2, 2), None),
    ("loggamma", log_gamma, below, lambda: -10 ** rng.uniform(-2, 2), lambda x, y: max(mpf(1), abs(x * digamma_(x)))),
    ("digamma", digamma_, gamma, lambda: 10 ** rng.uniform(-2, 2), None),
    ("digamma", digamma_, below, lambda: -10 ** rng.uniform(-2, 2), lambda x, y: abs(x * trigamma(x))),
    ("sin", sin, angles, uniform(-100, 100), None),
    ("cos", cos, angles, uniform(-100, 100), None),
    ("tan", tan, angles, uniform(-100, 100), None),
    ("sinpi", sinpi, turns, uniform(-10, 10), None),
    ("cospi", cospi, turns, uniform(-10, 10), None),
    ("asin", asin, closed, uniform(-1, 1), None),
    ("acos", acos, closed, uniform(-1, 1), None),
    ("log2", lambda x: log(x) / log(mpf(2)), positive + near_one, lambda: 10 ** rng.choice((rng.uniform(-1, 1), rng.uniform(-323, 308))), None),
    ("log10", lambda x: log(x) / log(mpf(10)), positive + near_one + decades, lambda: 10 ** rng.choice((rng.uniform(-1, 1), rng.uniform(-323, 308))), None),
    ("exp10", lambda x: power(10, x), ten, uniform(-323, 308), None),
]


def text(v):
    if abs(v) > mpf(10) ** 400:
        return "inf" if v > 0 else "-inf"
    return "0" if abs(v) < mpf(10) ** -400 else mp.nstr(v, 25, min_fixed=-5, max_fixed=10)


def row(name, x, second, value, magnitude):
    print(name, repr(x), second, text(value), text(max(abs(value), magnitude) if magnitude is not None else abs(value)), sep="\t")


for name, f, grid, sample, magnitude in one:
    for x in grid + [sample() for _ in range(count)]:
        e = f(mpf(x))
        row(name, x, "", e, magnitude(mpf(x), e) if magnitude else None)

for n in (1, 2, 3, 4, 5, 6, 11, 40):
    for x in order + [10 ** rng.uniform(-2, 2) * rng.choice((1, 1, -1)) for _ in range(count // 10)]:
        row("polygamma", x, n, psi(n, mpf(x)), abs(x * psi(n + 1, mpf(x))) if x < 0 else None)

first = numbers("-745 -30 -1.2039728043259361 -0.35667494393873245 0 1e-10 0.7 3.5 20 800 1e15 -1e308")
second = numbers("-1e15 -100.25 -1.2 -1e-300 0.1 0.6931471805599453 3.5 36.9 37.5 1e5")
pairs = [(a, b) for a in first for b in second]
for a, b in pairs + [(rng.uniform(-20, 20), rng.uniform(-20, 20)) for _ in range(count)]:
    larger = max(abs(mpf(a)), abs(mpf(b)))
    row("logaddexp", a, repr(b), max(a, b) + log1p(exp(-abs(mpf(a) - mpf(b)))), larger if abs(max(a, b)) < 2 else None)

sides = [(a, b) for a in (5e-324, 1e-310, 1e-200, 1e-160, 1e-150, 1e-5, 3.0, 1.7, 1e100, 1e150, 1e160, 1.2e308) for b in
         (5e-324, 3e-310, 1.3e-200, 2e-160, 7e-151, 2e-8, 4.0, 1.1, 1.3e8, 3e100, 2e160, 1e307, 1.2e308)]
for a, b in sides + [(10 ** rng.uniform(-3, 3), 10 ** rng.uniform(-3, 3)) for _ in range(count)]:
    row("hypot", a, repr(b), sqrt(mpf(a) ** 2 + mpf(b) ** 2), None)

bases = numbers("""
    5e-324 1e-300 1e-10 0.1 0.5 0.9 0.9999999 0.9999999999999999 1.0000000000000002 1.0000001 1.1 1.5 2.0 2.718281828459045 3.0 10.0
    10000000000.0 1e+300
""")
powers = numbers("""
    -1000.5 -308.0 -30.3 -2.0 -1.0 -0.5 1e-10 0.3333333333333333 0.5 1.0 1.5 2.0 3.0 17.0 100.1 308.0 10000.0 100000000.0
    1000000000000000.0
""")
for a, b in [(a, b) for a in bases for b in powers] + [(10 ** rng.uniform(-3, 3), rng.uniform(-100, 100)) for _ in range(count)]:
    row("pow", a, repr(b), power(mpf(a), mpf(b)), None)

for a, b in [(a, b) for a in (-5e-324, -1e-310, -0.3, -1.5, -3.0, -1e10, -1e300) for b in (-1023.0, -3.0, -2.0, 1.0, 2.0, 3.0, 17.0, 1001.0, 1e15)] \
        + [(a, b) for a in (5e-324, 3e-310, 2.2e-308) for b in (-0.9, -1e-3, 0.01, 0.3333333333333333, 0.97, 1.0)] \
        + [(-(10 ** rng.uniform(-3, 3)), float(rng.randint(-100, 100))) for _ in range(count)]:
    row("pow", a, repr(b), power(mpf(a), mpf(b)), None)

legs = numbers("-1e308 -1e160 -1e20 -4.7 -1.0 -0.75 -1e-9 -3e-160 -1e-310 5e-324 2e-200 1e-5 0.3 0.9999999999999999 1.0 1.0000000000000002 2.1 3e9 1.7e308")
for a, b in [(a, b) for a in legs for b in legs] + [(rng.uniform(-1, 1), rng.uniform(-1, 1)) for _ in range(count)]:
    row("atan2", a, repr(b), atan2(mpf(a), mpf(b)), None)
