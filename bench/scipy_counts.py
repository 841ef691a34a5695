#!/usr/bin/python3
"""Counts how often scipy's minimizers evaluate f, its gradient and Hessian-vector products until the gradient's norm is first at most 1e-6.

    /usr/bin/python3 bench/scipy_counts.py                all problems and methods
    /usr/bin/python3 bench/scipy_counts.py beale wood     problems whose name contains one of the words

Debian: python3-scipy. Prints tab-separated lines: problem, n, method, f, g, Hv, final gradient norm, f there. f is a sum of squares without
a factor, the starts are those of Moré, Garbow and Hillstrom; Dixon-Price starts at (1, ..., 1), chained Rosenbrock at (-1.2, 1, -1.2, 1, ...).
Gradients are written out; a product Hp is the imaginary part of the gradient at x + i 1e-30 p, which is exact to rounding. Every call that scipy
makes counts. On Watson's and the chained Rosenbrock function the counts hang on rounding: from eight starts perturbed by 1e-14, trust-ncg took
118 to 157 and 2284 to 2476 products, trust-krylov 77 to 106 and 2118 to 2144; on Wood's they stayed.
"""
import sys

import numpy as np
from scipy.optimize import minimize


def from_residuals(residuals, jacobian):
    def gradient(x):
        return 2 * jacobian(x).T @ residuals(x)
    return lambda x: float(np.sum(residuals(x) ** 2)), gradient


def extended_rosenbrock():
    def value(x):
        return float(np.sum(100 * (x[1::2] - x[::2] ** 2) ** 2 + (1 - x[::2]) ** 2))

    def gradient(x):
        t = 200 * (x[1::2] - x[::2] ** 2)
        g = np.empty_like(x)
        g[::2] = -2 * x[::2] * t - 2 * (1 - x[::2])
        g[1::2] = t
        return g
    return value, gradient


def chained_rosenbrock():
    def value(x):
        return float(np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2))

    def gradient(x):
        t = 200 * (x[1:] - x[:-1] ** 2)
        g = np.zeros_like(x)
        g[:-1] = -2 * x[:-1] * t - 2 * (1 - x[:-1])
        g[1:] += t
        return g
    return value, gradient


def dixon_price():
    def value(x):
        i = np.arange(2, len(x) + 1)
        return float((x[0] - 1) ** 2 + np.sum(i * (2 * x[1:] ** 2 - x[:-1]) ** 2))

    def gradient(x):
        t = 2 * np.arange(2, len(x) + 1) * (2 * x[1:] ** 2 - x[:-1])
        g = np.zeros_like(x)
        g[0] = 2 * (x[0] - 1)
        g[1:] += 4 * x[1:] * t
        g[:-1] -= t
        return g
    return value, gradient


def broyden_tridiagonal():
    def residuals(x):
        r = (3 - 2 * x) * x + 1
        r[1:] -= x[:-1]
        r[:-1] -= 2 * x[1:]
        return r

    def gradient(x):
        r = 2 * residuals(x)
        g = (3 - 4 * x) * r
        g[:-1] -= r[1:]
        g[1:] -= 2 * r[:-1]
        return g
    return lambda x: float(np.sum(residuals(x) ** 2)), gradient


def powell_singular():
    a, b = np.sqrt(5), np.sqrt(10)
    return from_residuals(
        lambda x: np.array([x[0] + 10 * x[1], a * (x[2] - x[3]), (x[1] - 2 * x[2]) ** 2, b * (x[0] - x[3]) ** 2]),
        lambda x: np.array([[1, 10, 0, 0], [0, 0, a, -a], [0, 2 * (x[1] - 2 * x[2]), -4 * (x[1] - 2 * x[2]), 0],
                            [2 * b * (x[0] - x[3]), 0, 0, -2 * b * (x[0] - x[3])]]))


def wood():
    a, b = np.sqrt(90), np.sqrt(10)
    return from_residuals(
        lambda x: np.array([10 * (x[1] - x[0] ** 2), 1 - x[0], a * (x[3] - x[2] ** 2), 1 - x[2], b * (x[1] + x[3] - 2), (x[1] - x[3]) / b]),
        lambda x: np.array([[-20 * x[0], 10, 0, 0], [-1, 0, 0, 0], [0, 0, -2 * a * x[2], a], [0, 0, -1, 0], [0, b, 0, b], [0, 1 / b, 0, -1 / b]]))


def brown_badly_scaled():
    return from_residuals(lambda x: np.array([x[0] - 1e6, x[1] - 2e-6, x[0] * x[1] - 2]), lambda x: np.array([[1, 0], [0, 1], [x[1], x[0]]]))


def powell_badly_scaled():
    return from_residuals(lambda x: np.array([1e4 * x[0] * x[1] - 1, np.exp(-x[0]) + np.exp(-x[1]) - 1.0001]),
                          lambda x: np.array([[1e4 * x[1], 1e4 * x[0]], [-np.exp(-x[0]), -np.exp(-x[1])]]))


def beale():
    y, k = np.array([1.5, 2.25, 2.625]), np.array([1, 2, 3])
    return from_residuals(lambda x: y - x[0] * (1 - x[1] ** k), lambda x: np.array([x[1] ** k - 1, x[0] * k * x[1] ** (k - 1)]).T)


def helical_valley():
    def residuals(x):
        theta = np.arctan(x[1] / x[0]) / (2 * np.pi) + (0.5 if x[0].real < 0 else 0)
        return np.array([10 * (x[2] - 10 * theta), 10 * (np.sqrt(x[0] ** 2 + x[1] ** 2) - 1), x[2]])

    def jacobian(x):
        square = x[0] ** 2 + x[1] ** 2
        c, rho = 50 / (np.pi * square), np.sqrt(square)
        return np.array([[c * x[1], -c * x[0], 10], [10 * x[0] / rho, 10 * x[1] / rho, 0], [0, 0, 1]])
    return from_residuals(residuals, jacobian)


def brown_dennis():
    t = np.arange(1, 21) / 5
    e, s, c = np.exp(t), np.sin(t), np.cos(t)

    def jacobian(x):
        u, v = 2 * (x[0] + t * x[1] - e), 2 * (x[2] + x[3] * s - c)
        return np.array([u, t * u, v, s * v]).T
    return from_residuals(lambda x: (x[0] + t * x[1] - e) ** 2 + (x[2] + x[3] * s - c) ** 2, jacobian)


def watson(n):
    t = np.arange(1, 30)[:, None] / 29
    j = np.arange(n)
    power, slope = t ** j, j * t ** np.maximum(j - 1, 0)

    def residuals(x):
        return np.concatenate([slope @ x - (power @ x) ** 2 - 1, [x[0], x[1] - x[0] ** 2 - 1]])

    def jacobian(x):
        last = np.zeros((2, n), dtype=x.dtype)
        last[0, 0], last[1, 0], last[1, 1] = 1, -2 * x[0], 1
        return np.vstack([slope - 2 * (power @ x)[:, None] * power, last])
    return from_residuals(residuals, jacobian)


def repeated(n, *pattern):
    return np.array([pattern[i % len(pattern)] for i in range(n)], dtype=float)


PROBLEMS = [
    ("extended Rosenbrock", extended_rosenbrock(), repeated(2, -1.2, 1)),
    ("extended Rosenbrock", extended_rosenbrock(), repeated(1000, -1.2, 1)),
    ("Powell singular", powell_singular(), repeated(4, 3, -1, 0, 1)),
    ("Wood", wood(), repeated(4, -3, -1)),
    ("Brown badly scaled", brown_badly_scaled(), repeated(2, 1)),
    ("Powell badly scaled", powell_badly_scaled(), repeated(2, 0, 1)),
    ("Beale", beale(), repeated(2, 1)),
    ("helical valley", helical_valley(), repeated(3, -1, 0, 0)),
    ("Brown-Dennis", brown_dennis(), repeated(4, 25, 5, -5, -1)),
    ("Watson", watson(12), repeated(12, 0)),
    ("Broyden tridiagonal", broyden_tridiagonal(), repeated(1000, -1)),
    ("Dixon-Price", dixon_price(), repeated(100, 1)),
    ("chained Rosenbrock", chained_rosenbrock(), repeated(100, -1.2, 1)),
]

# scipy's own tests are out of reach, so that only the gradient's norm ends a run.
METHODS = {
    "trust-ncg": {"gtol": 1e-6, "maxiter": 100000},
    "trust-krylov": {"gtol": 1e-6, "maxiter": 100000, "inexact": True},
    "Newton-CG": {"xtol": 1e-300, "maxiter": 20000},
    "L-BFGS-B": {"ftol": 0, "gtol": 0, "maxiter": 100000, "maxfun": 100000},
}


class Reached(Exception):
    pass


def run(functions, start, method):
    value, gradient = functions
    counts, last = [0, 0, 0], [np.inf, np.nan]

    def counted_value(x):
        counts[0] += 1
        return value(x)

    def counted_gradient(x):
        counts[1] += 1
        g = gradient(x)
        last[:] = [np.linalg.norm(g), value(x)]
        if last[0] <= 1e-6:
            raise Reached
        return g

    def product(x, p):
        counts[2] += 1
        return gradient(x + 1e-30j * p).imag / 1e-30

    extra = {} if method == "L-BFGS-B" else {"hessp": product}
    try:
        minimize(counted_value, start, jac=counted_gradient, method=method, options=METHODS[method], **extra)
    except Reached:
        return counts, last
    return ["not reached"] * 3, last


def main():
    np.seterr(all="ignore")
    words = [word.lower() for word in sys.argv[1:]]
    print("problem\tn\tmethod\tf\tg\tHv\tgradient\tvalue")
    for name, functions, start in PROBLEMS:
        if words and not any(word in name.lower() for word in words):
            continue
        for method in METHODS:
            counts, last = run(functions, start, method)
            print(name, len(start), method, *counts, "%.3g" % last[0], "%.6g" % last[1], sep="\t", flush=True)


if __name__ == "__main__":
    main()
