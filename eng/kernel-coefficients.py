#!/usr/bin/python3
"""Fits the polynomials of src/AutoDiff.Core/Kernels and prints them as C#.

Each is the Chebyshev interpolant of a function that is smooth on its interval, computed with 60 digits, converted to powers and rounded
to double. The printed error is the largest of the rounded polynomial, times `weight`.
Needs mpmath (Debian: python3-mpmath).
"""
from mpmath import atan, cbrt, cos, digamma, erf, erfc, exp, findroot, log, loggamma, mp, mpf, pi, sqrt

mp.dps = 60


def fit(name, f, a, b, degree, weight=lambda x: 1):
    a, b, n = mpf(a), mpf(b), degree + 1
    nodes = [(a + b) / 2 + (b - a) / 2 * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    values = [f(x) for x in nodes]
    # Newton's divided differences, then expansion into powers of x.
    newton = list(values)
    for j in range(1, n):
        for i in range(n - 1, j - 1, -1):
            newton[i] = (newton[i] - newton[i - 1]) / (nodes[i] - nodes[i - j])
    power = [mpf(0)] * n
    for i in range(n - 1, -1, -1):
        power = [(power[j - 1] if j else mpf(0)) - nodes[i] * power[j] for j in range(n)]
        power[0] += newton[i]
    c = [float(p) for p in power]
    worst = mpf(0)
    for i in range(301):
        x = a + (b - a) * (mpf(i) + mpf("0.37")) / 302
        p = mpf(0)
        for ci in reversed(c):
            p = p * x + ci
        worst = max(worst, abs((p - f(x)) * weight(x)))
    print(f"{name}: degree {degree} on [{mp.nstr(a, 6)}, {mp.nstr(b, 6)}], error {mp.nstr(worst, 3)} = 2^{mp.nstr(log(worst, 2), 4)}")
    lines, line = [], "       "
    for ci in c:
        if len(line) + len(repr(ci)) > 130:
            lines.append(line)
            line = "       "
        line += " " + repr(ci) + ","
    print("\n".join(lines + [line]).rstrip(",") + "\n")


def parts(name, value, bits):
    """value = first + second + ...; every part but the last has at most `bits` significant bits."""
    out, rest = [], value
    for b in bits:
        if b < 53:
            m, e = mp.frexp(rest)
            p = mp.ldexp(mp.floor(mp.ldexp(m, b)), e - b)
        else:
            p = mpf(float(rest))
        out.append(float(p))
        rest -= p
    print(f"{name} = " + " + ".join(repr(p) for p in out))


half = log(2) / 2 * mpf("1.0001")
fit("ExpM1: (e^r - 1 - r - r^2/2) / r^3", lambda r: sum(r**k / mp.factorial(k + 3) for k in range(30)), -half, half, 9, lambda r: r * r)
bound = (mpf(3) - 2 * sqrt(mpf(2))) ** 2 * mpf("1.001")
fit("Log: (2 atanh(s)/s - 2) / s^2 in s^2", lambda z: sum(2 * z**k / (2 * k + 3) for k in range(45)), 0, bound, 7, lambda z: z)
fit("Pow: (2 atanh(s) - 2s - 2/3 s^3) / s^5 in s^2", lambda z: sum(2 * z**k / (2 * k + 5) for k in range(45)), 0, bound, 8, lambda z: z * z)
octant = (pi / 4 * mpf("1.0001")) ** 2
fit("Sin: (sin(r)/r - 1) / r^2 in r^2", lambda z: sum((-1) ** (k + 1) * z**k / mp.factorial(2 * k + 3) for k in range(25)), 0, octant, 6,
    lambda z: z)
fit("Cos: (cos(r) - 1 + r^2/2) / r^4 in r^2", lambda z: sum((-1) ** k * z**k / mp.factorial(2 * k + 4) for k in range(25)), 0, octant, 6,
    lambda z: z * z)
fit("Atan: (atan(t)/t - 1) / t^2 in t^2", lambda s: (atan(sqrt(s)) / sqrt(s) - 1) / s, 0, 1, 20, lambda s: s)
fit("Erf: erf(x)/x - 1 in x^2", lambda s: erf(sqrt(s)) / sqrt(s) - 1, 0, 1, 12)


def scaled(K):
    def f(q):
        x = K * (1 + q) / (1 - q)
        if x > 60:  # the asymptotic series of sqrt(pi) x e^(x^2) erfc(x)
            total, term, k = mpf(0), mpf(1), 0
            while abs(term) > mpf(10) ** -50 and k < 200:
                total += term
                k += 1
                term *= -(2 * k - 1) / (2 * x * x)
            return (1 + 2 * x) / x * total / sqrt(pi)
        return (1 + 2 * x) * exp(x * x) * erfc(x)
    return f


fit("Erfcx: (1 + 2x) e^(x^2) erfc(x) in q = (x - 4)/(x + 4)", scaled(mpf(4)), -1, 1 - mpf(10) ** -9, 23)
fit("LogGamma: lgamma(1 + z)/z", lambda z: loggamma(1 + z) / z if abs(z) > mpf(10) ** -30 else -mp.euler, "-0.5", "0.5", 27,
    lambda z: z / loggamma(1 + z))
fit("LogGamma: lgamma(2 + z)/z", lambda z: loggamma(2 + z) / z if abs(z) > mpf(10) ** -30 else 1 - mp.euler, "-0.5", "0.5", 18,
    lambda z: z / loggamma(2 + z))
root = findroot(digamma, mpf("1.4616321449683623"))
fit("Digamma: psi(1.5 + z)/(1.5 + z - root)", lambda z: digamma(z + 1.5) / (z + 1.5 - root), "-0.5", "0.5", 22,
    lambda z: (z + 1.5 - root) / digamma(z + 1.5))
fit("RCbrt: m^(-1/3)", lambda m: 1 / cbrt(m), 1, 2, 4, lambda m: cbrt(m))

parts("ln 2", log(2), [42, 53])
parts("ln 2 (53)", log(2), [53, 53])
parts("2/sqrt(pi)", 2 / sqrt(pi), [53, 53])
parts("2/3", mpf(2) / 3, [53, 53])
parts("pi", pi, [53, 53])
parts("pi/2", pi / 2, [53, 53])
parts("pi/2 in short parts", pi / 2, [33, 33, 53])
parts("2/pi", 2 / pi, [53])
parts("sqrt(1/2)", sqrt(mpf(1) / 2), [53, 53])
parts("sqrt(2/pi)", sqrt(2 / pi), [53, 53])
parts("1/sqrt(2 pi)", 1 / sqrt(2 * pi), [53, 53])
parts("log(2 pi)/2 - 1/2", log(2 * pi) / 2 - mpf(1) / 2, [53])
parts("log pi", log(pi), [53, 53])
parts("digamma root", root, [26, 53, 53])
parts("log2 e", 1 / log(2), [53])
