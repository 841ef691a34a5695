#!/usr/bin/python3
"""Elementary functions and their first five derivatives by mpmath, the oracle of the random programs' own arithmetic. Prints elementary.csv."""
from mpmath import acos, acosh, asin, asinh, atan, atanh, cbrt, cos, cosh, diff, erf, exp, expm1, log, log1p, mp, mpf, ncdf, nstr, sin, sinh, sqrt, tan, tanh

mp.dps = 60
sigmoid = lambda x: 1 / (1 + exp(-x))
softplus = lambda x: log1p(exp(x))
functions = {
    "Sin": (sin, (-2.3, 0.4, 5.1)), "Cos": (cos, (-2.3, 0.4, 5.1)), "Tanh": (tanh, (-3.2, 0.15, 1.7)), "Atan": (atan, (-4.1, 0.2, 1.3)),
    "Sigmoid": (sigmoid, (-5.2, 0.3, 2.2)), "Softplus": (softplus, (-5.2, 0.3, 2.2)), "LogSigmoid": (lambda x: -softplus(-x), (-5.2, 0.3, 2.2)),
    "Silu": (lambda x: x * sigmoid(x), (-2.7, 0.3, 2.2)), "Erf": (erf, (-1.9, 0.2, 2.6)), "NormalCdf": (ncdf, (-1.9, 0.2, 2.6)),
    "Gelu": (lambda x: x * ncdf(x), (-1.9, 0.2, 2.6)), "Asinh": (asinh, (-3.3, 0.1, 1.4)), "Square": (lambda x: x * x, (-1.7, 2.0)),
    "Exp": (exp, (-1.4, 0.7)), "ExpM1": (expm1, (-1.4, 0.003, 0.7)), "Exp2": (lambda x: mpf(2) ** x, (-1.4, 0.7)), "Sinh": (sinh, (-1.4, 0.7)),
    "Cosh": (cosh, (-1.4, 0.7)), "Tan": (tan, (-0.9, 0.3)), "Log": (log, (0.6, 3.3)), "Sqrt": (sqrt, (0.6, 3.3)), "Cbrt": (cbrt, (0.6, 3.3)),
    "LogP1": (log1p, (0.6, 3.3)), "Reciprocal": (lambda x: 1 / x, (0.6, 3.3)), "Asin": (asin, (-0.8, 0.25)), "Acos": (acos, (-0.8, 0.25)),
    "Atanh": (atanh, (-0.8, 0.25)), "Acosh": (acosh, (1.4, 2.7)), "Bump": (lambda x: x * exp(-x * x), (-1.1, 0.3, 1.8)),
}
print("# function, x, value, first … fifth derivative; by elementary.py")
for name, (f, points) in functions.items():
    for x in points:
        print(",".join([name, repr(x)] + [nstr(diff(f, mpf(x), n), 20) for n in range(6)]))
