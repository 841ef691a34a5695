#!/usr/bin/python3
"""The 35 problems of Moré, Garbow, Hillstrom (Testing unconstrained optimization software, ACM TOMS 7, 1981), with 60 digits.

    python3 mgh.py          writes mgh.tsv (values at points) and mgh-minima.tsv (stationary points) beside this file

Debian: python3-mpmath, python3-scipy. f is the sum of squares. Points are doubles, taken as exact; values have 25 digits. mgh.tsv: number, n, m,
label, x (comma separated), f, sum of r_i sin(i), norm of the gradient. mgh-minima.tsv: number, n, m, x rounded to double, f at the unrounded
x. Problem 11 is in the form that vanishes at (50, 25, 1.5): the paper's print lost a minus sign. Stationary points come from closed forms where
there is one, otherwise from scipy's least_squares, followed by Newton's method in 60 digits until the gradient vanishes to 40.
"""
import os
import random
import sys

import numpy as np
from mpmath import atan, cos, exp, fabs, log, lu_solve, matrix, mp, mpf, nstr, pi, sin, sqrt
from scipy.optimize import least_squares

mp.dps = 60


def dec(text):
    return [mpf(word) for word in text.split()]


BARD = dec("0.14 0.18 0.22 0.25 0.29 0.32 0.35 0.39 0.37 0.58 0.73 0.96 1.34 2.10 4.39")
GAUSS = dec("0.0009 0.0044 0.0175 0.0540 0.1295 0.2420 0.3521 0.3989 0.3521 0.2420 0.1295 0.0540 0.0175 0.0044 0.0009")
MEYER = dec("34780 28610 23650 19630 16370 13720 11540 9744 8261 7030 6005 5147 4427 3820 3307 2872")
KOWALIK_Y = dec("0.1957 0.1947 0.1735 0.1600 0.0844 0.0627 0.0456 0.0342 0.0323 0.0235 0.0246")
KOWALIK_U = dec("4 2 1 0.5 0.25 0.167 0.125 0.1 0.0833 0.0714 0.0625")
OSBORNE1 = dec("0.844 0.908 0.932 0.936 0.925 0.908 0.881 0.850 0.818 0.784 0.751 0.718 0.685 0.658 0.628 0.603 0.580 0.558 0.538 0.522 0.506 "
               "0.490 0.478 0.467 0.457 0.448 0.438 0.431 0.424 0.420 0.414 0.411 0.406")
OSBORNE2 = dec("1.366 1.191 1.112 1.013 0.991 0.885 0.831 0.847 0.786 0.725 0.746 0.679 0.608 0.655 0.616 0.606 0.602 0.626 0.651 0.724 0.649 "
               "0.649 0.694 0.644 0.624 0.661 0.612 0.558 0.533 0.495 0.500 0.423 0.395 0.375 0.372 0.391 0.396 0.405 0.428 0.429 0.523 0.562 "
               "0.607 0.653 0.672 0.708 0.633 0.668 0.645 0.632 0.591 0.559 0.597 0.625 0.739 0.710 0.729 0.720 0.636 0.581 0.428 0.292 0.162 "
               "0.098 0.054")


def p1(x, m):
    return [10 * (x[1] - x[0] ** 2), 1 - x[0]]


def p2(x, m):
    return [-13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1], -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]]


def p3(x, m):
    return [10000 * x[0] * x[1] - 1, exp(-x[0]) + exp(-x[1]) - mpf("1.0001")]


def p4(x, m):
    return [x[0] - 10**6, x[1] - mpf("2e-6"), x[0] * x[1] - 2]


def p5(x, m):
    return [y - x[0] * (1 - x[1] ** i) for i, y in enumerate(dec("1.5 2.25 2.625"), 1)]


def p6(x, m):
    return [2 + 2 * i - exp(i * x[0]) - exp(i * x[1]) for i in range(1, m + 1)]


def p7(x, m):
    theta = (atan(x[1] / x[0]) / (2 * pi) if x[0] != 0 else mpf(1) / 4) + (mpf(1) / 2 if x[0] < 0 else 0)
    return [10 * (x[2] - 10 * theta), 10 * (sqrt(x[0] ** 2 + x[1] ** 2) - 1), x[2]]


def p8(x, m):
    return [y - (x[0] + i / ((16 - i) * x[1] + min(i, 16 - i) * x[2])) for i, y in enumerate(BARD, 1)]


def p9(x, m):
    return [x[0] * exp(-x[1] * (mpf(8 - i) / 2 - x[2]) ** 2 / 2) - y for i, y in enumerate(GAUSS, 1)]


def p10(x, m):
    return [x[0] * exp(x[1] / (45 + 5 * i + x[2])) - y for i, y in enumerate(MEYER, 1)]


def p11(x, m):
    t = [mpf(i) / 100 for i in range(1, m + 1)]
    return [exp(-fabs(25 + (-50 * log(s)) ** (mpf(2) / 3) - x[1]) ** x[2] / x[0]) - s for s in t]


def p12(x, m):
    t = [mpf(i) / 10 for i in range(1, m + 1)]
    return [exp(-s * x[0]) - exp(-s * x[1]) - x[2] * (exp(-s) - exp(-10 * s)) for s in t]


def p13(x, m):
    return [x[0] + 10 * x[1], sqrt(mpf(5)) * (x[2] - x[3]), (x[1] - 2 * x[2]) ** 2, sqrt(mpf(10)) * (x[0] - x[3]) ** 2]


def p14(x, m):
    return [10 * (x[1] - x[0] ** 2), 1 - x[0], sqrt(mpf(90)) * (x[3] - x[2] ** 2), 1 - x[2], sqrt(mpf(10)) * (x[1] + x[3] - 2),
            (x[1] - x[3]) / sqrt(mpf(10))]


def p15(x, m):
    return [y - x[0] * (u * u + u * x[1]) / (u * u + u * x[2] + x[3]) for y, u in zip(KOWALIK_Y, KOWALIK_U)]


def p16(x, m):
    t = [mpf(i) / 5 for i in range(1, m + 1)]
    return [(x[0] + s * x[1] - exp(s)) ** 2 + (x[2] + x[3] * sin(s) - cos(s)) ** 2 for s in t]


def p17(x, m):
    return [y - (x[0] + x[1] * exp(-10 * i * x[3]) + x[2] * exp(-10 * i * x[4])) for i, y in enumerate(OSBORNE1)]


def p18(x, m):
    t = [mpf(i) / 10 for i in range(1, m + 1)]
    return [x[2] * exp(-s * x[0]) - x[3] * exp(-s * x[1]) + x[5] * exp(-s * x[4]) - (exp(-s) - 5 * exp(-10 * s) + 3 * exp(-4 * s)) for s in t]


def p19(x, m):
    return [y - (x[0] * exp(-t * x[4]) + sum(x[k] * exp(-((t - x[k + 7]) ** 2) * x[k + 4]) for k in (1, 2, 3)))
            for t, y in ((mpf(i) / 10, y) for i, y in enumerate(OSBORNE2))]


def p20(x, m):
    n, r = len(x), []
    for i in range(1, 30):
        t = mpf(i) / 29
        r.append(sum(j * x[j] * t ** (j - 1) for j in range(1, n)) - sum(x[j] * t**j for j in range(n)) ** 2 - 1)
    return r + [x[0], x[1] - x[0] ** 2 - 1]


def p21(x, m):
    return [r for i in range(0, len(x), 2) for r in p1(x[i:i + 2], 2)]


def p22(x, m):
    return [r for i in range(0, len(x), 4) for r in p13(x[i:i + 4], 4)]


def p23(x, m):
    return [sqrt(mpf("1e-5")) * (xi - 1) for xi in x] + [sum(xi * xi for xi in x) - mpf("0.25")]


def p24(x, m):
    n, a = len(x), sqrt(mpf("1e-5"))
    e = [exp(xi / 10) for xi in x]
    r = [x[0] - mpf("0.2")]
    r += [a * (e[i - 1] + e[i - 2] - exp(mpf(i) / 10) - exp(mpf(i - 1) / 10)) for i in range(2, n + 1)]
    r += [a * (e[i - n] - exp(-mpf(1) / 10)) for i in range(n + 1, 2 * n)]
    return r + [sum((n - j + 1) * x[j - 1] ** 2 for j in range(1, n + 1)) - 1]


def p25(x, m):
    s = sum(j * (xj - 1) for j, xj in enumerate(x, 1))
    return [xi - 1 for xi in x] + [s, s * s]


def p26(x, m):
    n, c = len(x), sum(cos(xj) for xj in x)
    return [n - c + i * (1 - cos(xi)) - sin(xi) for i, xi in enumerate(x, 1)]


def p27(x, m):
    n, product = len(x), mpf(1)
    for xi in x:
        product *= xi
    return [xi + sum(x) - (n + 1) for xi in x[:-1]] + [product - 1]


def p28(x, m):
    n, h = len(x), mpf(1) / (len(x) + 1)
    z = [0] + list(x) + [0]
    return [2 * z[i] - z[i - 1] - z[i + 1] + h * h * (z[i] + i * h + 1) ** 3 / 2 for i in range(1, n + 1)]


def p29(x, m):
    n, h = len(x), mpf(1) / (len(x) + 1)
    t = [(j + 1) * h for j in range(n)]
    c = [(x[j] + t[j] + 1) ** 3 for j in range(n)]
    return [x[i] + h / 2 * ((1 - t[i]) * sum(t[j] * c[j] for j in range(i + 1)) + t[i] * sum((1 - t[j]) * c[j] for j in range(i + 1, n)))
            for i in range(n)]


def p30(x, m):
    n, z = len(x), [0] + list(x) + [0]
    return [(3 - 2 * z[i]) * z[i] - z[i - 1] - 2 * z[i + 1] + 1 for i in range(1, n + 1)]


def p31(x, m):
    n = len(x)
    return [x[i] * (2 + 5 * x[i] ** 2) + 1 - sum(x[j] * (1 + x[j]) for j in range(max(0, i - 5), min(n, i + 2)) if j != i) for i in range(n)]


def p32(x, m):
    s = 2 * sum(x) / m
    return [xi - s - 1 for xi in x] + [-s - 1] * (m - len(x))


def p33(x, m):
    s = sum(j * xj for j, xj in enumerate(x, 1))
    return [i * s - 1 for i in range(1, m + 1)]


def p34(x, m):
    s = sum((j + 1) * x[j] for j in range(1, len(x) - 1))
    return [mpf(-1)] + [(i - 1) * s - 1 for i in range(2, m)] + [mpf(-1)]


def p35(x, m):
    n, r = len(x), []
    old, new = [mpf(1)] * n, [2 * xi - 1 for xi in x]
    for i in range(1, m + 1):
        r.append(sum(new) / n + (mpf(1) / (i * i - 1) if i % 2 == 0 else 0))
        old, new = new, [2 * (2 * xi - 1) * b - a for xi, a, b in zip(x, old, new)]
    return r


def ramp(n):
    return [float(j) for j in range(1, n + 1)]


def bend(n):
    return [i / (n + 1.0) * (i / (n + 1.0) - 1) for i in range(1, n + 1)]


# number: (residuals, start of n variables, [(n, m), ...]), the first pair being the usual one
PROBLEMS = {
    1: (p1, lambda n: [-1.2, 1.0], [(2, 2)]),
    2: (p2, lambda n: [0.5, -2.0], [(2, 2)]),
    3: (p3, lambda n: [0.0, 1.0], [(2, 2)]),
    4: (p4, lambda n: [1.0, 1.0], [(2, 3)]),
    5: (p5, lambda n: [1.0, 1.0], [(2, 3)]),
    6: (p6, lambda n: [0.3, 0.4], [(2, 10), (2, 5)]),
    7: (p7, lambda n: [-1.0, 0.0, 0.0], [(3, 3)]),
    8: (p8, lambda n: [1.0, 1.0, 1.0], [(3, 15)]),
    9: (p9, lambda n: [0.4, 1.0, 0.0], [(3, 15)]),
    10: (p10, lambda n: [0.02, 4000.0, 250.0], [(3, 16)]),
    11: (p11, lambda n: [5.0, 2.5, 0.15], [(3, 99), (3, 10)]),
    12: (p12, lambda n: [0.0, 10.0, 20.0], [(3, 10), (3, 5)]),
    13: (p13, lambda n: [3.0, -1.0, 0.0, 1.0], [(4, 4)]),
    14: (p14, lambda n: [-3.0, -1.0, -3.0, -1.0], [(4, 6)]),
    15: (p15, lambda n: [0.25, 0.39, 0.415, 0.39], [(4, 11)]),
    16: (p16, lambda n: [25.0, 5.0, -5.0, -1.0], [(4, 20), (4, 10)]),
    17: (p17, lambda n: [0.5, 1.5, -1.0, 0.01, 0.02], [(5, 33)]),
    18: (p18, lambda n: [1.0, 2.0, 1.0, 1.0, 1.0, 1.0], [(6, 13), (6, 8)]),
    19: (p19, lambda n: [1.3, 0.65, 0.65, 0.7, 0.6, 3.0, 5.0, 7.0, 2.0, 4.5, 5.5], [(11, 65)]),
    20: (p20, lambda n: [0.0] * n, [(6, 31), (9, 31), (12, 31)]),
    21: (p21, lambda n: [-1.2, 1.0] * (n // 2), [(10, 10), (4, 4)]),
    22: (p22, lambda n: [3.0, -1.0, 0.0, 1.0] * (n // 4), [(12, 12), (8, 8)]),
    23: (p23, ramp, [(4, 5), (10, 11)]),
    24: (p24, lambda n: [0.5] * n, [(4, 8), (10, 20)]),
    25: (p25, lambda n: [1 - j / n for j in range(1, n + 1)], [(10, 12), (5, 7)]),
    26: (p26, lambda n: [1 / n] * n, [(10, 10), (5, 5)]),
    27: (p27, lambda n: [0.5] * n, [(10, 10), (5, 5)]),
    28: (p28, bend, [(10, 10), (5, 5)]),
    29: (p29, bend, [(10, 10), (5, 5)]),
    30: (p30, lambda n: [-1.0] * n, [(10, 10), (5, 5)]),
    31: (p31, lambda n: [-1.0] * n, [(10, 10), (15, 15)]),
    32: (p32, lambda n: [1.0] * n, [(10, 20), (5, 5)]),
    33: (p33, lambda n: [1.0] * n, [(10, 20), (5, 8)]),
    34: (p34, lambda n: [1.0] * n, [(10, 20), (5, 8)]),
    35: (p35, lambda n: [j / (n + 1) for j in range(1, n + 1)], [(8, 8), (7, 7), (9, 9), (10, 10)]),
}


def f(r, x, m):
    return sum(ri * ri for ri in r(x, m))


def jacobian(r, x, m):
    """Central differences, step 1e-25 of the variable's size: at 60 + 30 digits they are exact to 40."""
    columns = []
    with mp.workdps(90):
        for j in range(len(x)):
            h = mpf(10) ** -25 * max(1, fabs(x[j]))
            up, down = list(x), list(x)
            up[j] += h
            down[j] -= h
            columns.append([(a - b) / (2 * h) for a, b in zip(r(up, m), r(down, m))])
    return columns


def gradient(r, x, m):
    values = r(x, m)
    return [2 * sum(c * v for c, v in zip(column, values)) for column in jacobian(r, x, m)]


def newton(r, x, m):
    """A stationary point near x, where the Hessian is regular."""
    x = [mpf(xi) for xi in x]
    n = len(x)
    for _ in range(12):
        with mp.workdps(90):
            g = gradient(r, x, m)
            hessian = matrix(n, n)
            for j in range(n):
                h = mpf(10) ** -20 * max(1, fabs(x[j]))
                up, down = list(x), list(x)
                up[j] += h
                down[j] -= h
                for i, (a, b) in enumerate(zip(gradient(r, up, m), gradient(r, down, m))):
                    hessian[i, j] = (a - b) / (2 * h)
            step = lu_solve(hessian, matrix(g))
        x = [xi - si for xi, si in zip(x, step)]
        if max(fabs(s) / max(fabs(xi), mpf("1e-10")) for s, xi in zip(step, x)) < mpf(10) ** -35:
            return x
    raise ArithmeticError("Newton's method did not converge")


def descend(r, start, m):
    """least_squares from a start, in double precision."""
    def plain(x):
        return np.array([float(v) for v in r([mpf(float(xi)) for xi in x], m)])

    def slopes(x):
        return np.array([[float(v) for v in column] for column in jacobian(r, [mpf(float(xi)) for xi in x], m)]).T

    return list(least_squares(plain, np.array(start, dtype=float), slopes, method="lm", xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=4000).x)


def known(number, n, m):
    """Points with f = 0 or another closed form."""
    ones = [mpf(1)] * n
    return {
        1: [ones], 2: [[5, 4]], 4: [[10**6, mpf("2e-6")]], 5: [[3, mpf("0.5")]], 7: [[1, 0, 0]], 11: [[50, 25, mpf("1.5")]],
        12: [[1, 10, 1], [10, 1, -1]], 13: [[mpf(0)] * n], 14: [ones], 18: [[1, 10, 1, 5, 4, 3]], 21: [ones], 22: [[mpf(0)] * n], 25: [ones],
        26: [[mpf(0)] * n], 27: [ones, [mpf(0)] * (n - 1) + [n + 1]], 32: [[mpf(-1)] * n],
        33: [[mpf(3) / (2 * m + 1) / sum(range(1, n + 1))] * n], 34: [[mpf(3) / (2 * m - 3) / max(1, sum(range(2, n)))] * n],
    }.get(number, [])


# Where least_squares starts from to reach more than the closed forms and what the standard start leads to.
ELSEWHERE = {(2, 2): [[11.4, -0.9]], (26, 10): [[0.1] * 10, [1.0] * 10],
             (27, 10): [[0.98] * 9 + [1.2]], (35, 10): [[0.07, 0.17, 0.36, 0.29, 0.61, 0.47, 0.62, 0.84, 0.8, 0.97]]}


def points(number, n, m):
    """Stationary points of sum r_i^2: the known ones, and one by computation."""
    r, start, _ = PROBLEMS[number]
    result = [[mpf(v) for v in x] for x in known(number, n, m)]
    if (number, m) == (18, 13):
        # The paper lists a point with two equal exponentials, of which only the sum is determined.
        def merged(x, m):
            return p18([x[0], x[1], x[2], x[3], x[0], x[2]], m)
        a, b, c, d = newton(merged, descend(merged, [1.7, 17.7, 1.16, 5.2], m), m)
        result.append([a, b, c, d, a, c])
    for first in ([] if result else [start(n)]) + ELSEWHERE.get((number, m), []):
        result.append(newton(r, descend(r, first, m), m))
    return result


def number(v):
    return nstr(v, 25, min_fixed=0, max_fixed=0) if v else "0.0"


def main():
    rng = random.Random(1981)
    folder = os.path.dirname(os.path.abspath(__file__))
    only = [int(a) for a in sys.argv[1:]] or list(PROBLEMS)
    values, minima = ["number\tn\tm\tlabel\tx\tvalue\tchecksum\tgradient"], ["number\tn\tm\tx\tvalue"]
    for k in only:
        r, start, sizes = PROBLEMS[k]
        for n, m in sizes:
            x0 = start(n)
            scaled = [[c * xi for xi in x0] if any(x0) else [float(c)] * n for c in (10, 100)]
            near = [[xi * (1 + 0.2 * rng.uniform(-1, 1)) + 0.05 * rng.uniform(-1, 1) for xi in x0] for _ in range(2)]
            if k == 7:
                near = [[0.7, -0.9, 0.4], [-0.6, 1.1, 0.3]]
            for label, x in [("1", x0), ("10", scaled[0]), ("100", scaled[1]), ("near", near[0]), ("near", near[1])]:
                exact = [mpf(xi) for xi in x]
                res = r(exact, m)
                if len(res) != m:
                    raise ValueError("problem %d has %d residuals" % (k, len(res)))
                g = gradient(r, exact, m)
                values.append("\t".join([str(k), str(n), str(m), label, ",".join(map(repr, x)), number(sum(v * v for v in res)),
                                         number(sum(v * sin(i) for i, v in enumerate(res, 1))), number(sqrt(sum(v * v for v in g)))]))
            for x in points(k, n, m):
                smallest = f(r, x, m)
                if smallest < mpf(10) ** -60:
                    smallest = 0
                minima.append("\t".join([str(k), str(n), str(m), ",".join(repr(float(xi)) for xi in x), number(smallest)]))
    if len(sys.argv) == 1:
        open(os.path.join(folder, "mgh.tsv"), "w").write("\n".join(values) + "\n")
        open(os.path.join(folder, "mgh-minima.tsv"), "w").write("\n".join(minima) + "\n")


if __name__ == "__main__":
    main()
