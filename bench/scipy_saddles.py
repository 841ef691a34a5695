#!/usr/bin/python3
"""Runs scipy's minimizers, with their default options, from starts that lead to a strict saddle, and looks at the Hessian where they end.

    /usr/bin/python3 bench/scipy_saddles.py

Debian: python3-scipy. Prints tab-separated lines: problem, method, success as scipy reports it, f, largest element of the gradient, lowest and
highest eigenvalue of the Hessian there, f / g / Hv counts, and "saddle" where the run ended at a strict one: a lowest eigenvalue below -1e-4 times
the largest in size, and a gradient of at most 1e-3. Gradients are written out; second derivatives are the imaginary part of the gradient at
x + i 1e-30 p, exact to rounding; a Hessian counts as n products. The problems are those of tests/Lambdas/SaddleProblems.cs.
"""
import numpy as np
from scipy.optimize import minimize

from scipy_counts import from_residuals


def quartic():
    return lambda x: float(x[0] ** 2 - x[1] ** 2 + x[1] ** 4 / 4), lambda x: np.array([2 * x[0], -2 * x[1] + x[1] ** 3])


def network():
    t = np.arange(-8, 9) / 4
    y = np.tanh(2 * t + 1) + np.tanh(t - 1)

    def units(x):
        return np.tanh(x[1] * t + x[2]), np.tanh(x[4] * t + x[5])

    def residuals(x):
        first, second = units(x)
        return x[0] * first + x[3] * second - y

    def jacobian(x):
        first, second = units(x)
        a, b = x[0] * (1 - first ** 2), x[3] * (1 - second ** 2)
        return np.array([first, a * t, a, second, b * t, b]).T
    return from_residuals(residuals, jacobian)


def biggs():
    t = np.arange(1, 14) / 10
    y = np.exp(-t) - 5 * np.exp(-10 * t) + 3 * np.exp(-4 * t)

    def jacobian(x):
        a, b, c = np.exp(-t * x[0]), np.exp(-t * x[1]), np.exp(-t * x[4])
        return np.array([-x[2] * t * a, x[3] * t * b, a, -b, -x[5] * t * c, c]).T
    return from_residuals(lambda x: x[2] * np.exp(-t * x[0]) - x[3] * np.exp(-t * x[1]) + x[5] * np.exp(-t * x[4]) - y, jacobian)


def wells():
    def gradient(x):
        g = x * (x ** 2 - 1)
        d = x[1:] - x[:-1]
        g[1:] += d
        g[:-1] -= d
        return g
    return lambda x: float(np.sum((x ** 2 - 1) ** 2) / 4 + np.sum((x[1:] - x[:-1]) ** 2) / 2), gradient


PROBLEMS = [
    ("quartic", quartic(), [0.1, 0]),
    ("network", network(), [0.5, 0.5, 0, 0.5, 0.5, 0]),
    ("Biggs EXP6", biggs(), [1, 2, 1, 1, 1, 1]),
    ("wells", wells(), [0] * 10),
]

# What each takes of second derivatives.
METHODS = {
    "BFGS": None, "L-BFGS-B": None, "CG": None, "TNC": None, "SLSQP": None,
    "Newton-CG": "hessp", "trust-ncg": "hessp", "trust-krylov": "hessp", "trust-exact": "hess", "trust-constr": "hess",
}


def main():
    np.seterr(all="ignore")
    print("problem\tmethod\tsuccess\tvalue\tgradient\tlowest\thighest\tf\tg\tHv\tend")
    for name, (value, gradient), start in PROBLEMS:
        start = np.array(start, dtype=float)
        products = [0]

        def product(x, p):
            products[0] += 1
            return gradient(x + 1e-30j * p).imag / 1e-30

        def hessian(x):
            return np.array([product(x, p) for p in np.eye(len(start))])

        for method, second in METHODS.items():
            products[0] = 0
            extra = {} if second is None else {second: product if second == "hessp" else hessian}
            result = minimize(value, start, jac=gradient, method=method, **extra)
            used = products[0]
            slope = np.max(np.abs(gradient(result.x)))
            eigenvalues = np.linalg.eigvalsh(hessian(result.x))
            is_saddle = slope <= 1e-3 and eigenvalues[0] < -1e-4 * np.max(np.abs(eigenvalues))
            print(name, method, bool(result.success), "%.6g" % result.fun, "%.2g" % slope, "%.4g" % eigenvalues[0], "%.4g" % eigenvalues[-1],
                  result.nfev, getattr(result, "njev", "-"), used, "saddle" if is_saddle else "-", sep="\t", flush=True)


if __name__ == "__main__":
    main()
