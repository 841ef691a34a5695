#!/usr/bin/env python3
"""Reference tables of the elementwise primitives: values and partial derivatives in multiprecision.

    apt-get install python3-mpmath && /usr/bin/python3 primitives.py

rewrites unary.tsv, binary.tsv and ternary.tsv beside this file, deterministically. Every argument is the exact double that its decimal
denotes. A derivative is an analytic formula, and must agree to 30 digits with a central difference of the value function; a value must
agree with itself at a higher precision, and with the C library where that has the function. Nothing is written when a check fails.

An output has 25 significant digits, or more where 25 would not round to the nearest double of the exact result. Results beyond the
range of double keep their decimal exponent, so that a correctly rounding reader yields the infinity, the subnormal or the zero.
Kinks and jumps themselves are absent: their derivatives are conventions, not mathematics.
"""
import math
from fractions import Fraction
from itertools import product
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 40  # digits of the comparisons and of the messages
WORK = 700   # digits: 1 + 1e-300 and 1 + exp(-1000) keep more than 200 after the cancellation
AGREE = mpf(10) ** -30
STEP = mpf(10) ** -40

# ---------------------------------------------------------------- functions that mpmath lacks, or has only for a half line


def signum(x): return mp.sign(x)
def cbrt(x): return mp.sign(x) * mp.cbrt(abs(x))
def truncate(x): return mp.floor(x) if x >= 0 else mp.ceil(x)
def sigmoid(x): return 1 / (1 + mp.exp(-x))
def softplus(x): return mp.log1p(mp.exp(x))
def phi(x): return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)
def Phi(x): return mp.erfc(-x / mp.sqrt(2)) / 2
def log_Phi(x): return mp.log(Phi(x)) if x < 0 else mp.log1p(-Phi(-x))
def log_abs_gamma(x): return mp.re(mp.loggamma(x))
def psi(n): return lambda x: mp.re(mp.psi(n, x))
def logaddexp(x, y): return max(x, y) + mp.log1p(mp.exp(-abs(x - y)))


def round_even(x):
    below = mp.floor(x)
    excess = x - below
    odd = below / 2 != mp.floor(below / 2)
    return below + (1 if excess > 0.5 or (excess == 0.5 and odd) else 0)


# ---------------------------------------------------------------- derivatives that share a subexpression: (f', f'', f''')


def d_erf(x):
    g = 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)
    return g, -2 * x * g, (4 * x * x - 2) * g


def d_asin(x):
    r = 1 / mp.sqrt(1 - x * x)
    return r, x * r**3, (1 + 2 * x * x) * r**5


def d_asinh(x):
    r = 1 / mp.sqrt(1 + x * x)
    return r, -x * r**3, (2 * x * x - 1) * r**5


def d_acosh(x):
    r = 1 / mp.sqrt(x * x - 1)
    return r, -x * r**3, (2 * x * x + 1) * r**5


def d_atan(x):
    r = 1 / (1 + x * x)
    return r, -2 * x * r**2, (6 * x * x - 2) * r**3


def d_atanh(x):
    r = 1 / (1 - x * x)
    return r, 2 * x * r**2, (6 * x * x + 2) * r**3


def d_tanh(x, t):
    u = mp.sech(x) ** 2
    return u, -2 * t * u, u * (4 * t * t - 2 * u)


def d_sigmoid(x):
    s, t = sigmoid(x), sigmoid(-x)
    return s * t, s * t * (t - s), s * t * (1 - 6 * s * t)


def d_softplus(x): return sigmoid(x), *d_sigmoid(x)[:2]


def d_silu(x):
    d1, d2, d3 = d_sigmoid(x)
    return sigmoid(x) + x * d1, 2 * d1 + x * d2, 3 * d2 + x * d3


def d_gelu(x): return Phi(x) + x * phi(x), (2 - x * x) * phi(x), (x**3 - 4 * x) * phi(x)


def d_log_normal_cdf(x):
    h = phi(x) / Phi(x)
    dh = -h * (x + h)
    return h, dh, -dh * (x + h) - h * (1 + dh)


def d_power(x, f, c): return c * f / x, c * (c - 1) * f / x**2, c * (c - 1) * (c - 2) * f / x**3
def d_exponential(f, ln_b): return f * ln_b, f * ln_b**2, f * ln_b**3
def d_logarithm(x, ln_b): return 1 / (x * ln_b), -1 / (x**2 * ln_b), 2 / (x**3 * ln_b)
def negated(d): return tuple(-v for v in d)


# ---------------------------------------------------------------- argument grids


def both(*magnitudes): return [-m for m in reversed(magnitudes)] + list(magnitudes)


NEAR_ONE = [0.5, 0.9, 1 - 1e-5, 1 - 1e-10, 1 - 2.0**-53, 1.0, 1 + 2.0**-52, 1 + 1e-10, 1 + 1e-5, 1.1, 2.0]
TINY = [1e-300, 1e-100, 1e-20, 1e-10, 1e-8, 1e-5, 1e-3]
NONZERO = both(*TINY, 0.1, 0.5, 1.0, 1.25, 3.0, 7.7, 100.0, 1e3, 1e8, 1e15, 1e100)
REAL = NONZERO[:18] + [0.0] + NONZERO[18:]
POSITIVE = TINY + [0.01, 0.1, 0.3] + NEAR_ONE + [math.e, 3.0, 10.0, 100.0, 1e3, 1e8, 1e15, 1e100, 1e300]
MODERATE = both(1e-300, 1e-20, 1e-10, 1e-8, 1e-5, 1e-3, 0.1, 0.5, 1.0, 2.0, 5.5, 10.0, 20.0)
SATURATING = both(1e-300, 1e-20, 1e-10, 1e-8, 1e-3, 0.1, 0.5, 1.0, 2.5, 6.0, 20.0, 36.0, 40.0, 100.0, 700.0, 745.0, 1e3) + [0.0]
EXPONENTS = MODERATE + [0.0, -1e3, -745.0, -708.0, -700.0, -40.0, 40.0, 700.0, 709.7, 745.0]
ANGLES = both(1e-300, 1e-20, 1e-10, 1e-8, 1e-3, 0.5, math.pi / 4, 1.0, math.pi / 2, 2.0, 3.0, math.pi, 2 * math.pi, 22.0, 1e3) + [
    0.0, 3 * math.pi / 2, 100 * math.pi, 1e8, 1e15, 1e22, 6381956970095103 * 2.0**797]   # the last: closest double to a multiple of π/2
UNIT = both(1e-300, 1e-20, 1e-10, 1e-8, 1e-3, 0.1, 0.5, 0.7, 0.9, 0.99, 1 - 1e-5, 1 - 1e-10, 1 - 2.0**-53) + [0.0]
ABOVE_ONE = [1 + 2.0**-52, 1 + 1e-15, 1 + 1e-10, 1 + 1e-8, 1 + 1e-5, 1.001, 1.1, 1.5, 2.0, 3.0, 10.0, 100.0, 1e3, 1e8, 1e15, 1e100, 1e200]
ABOVE_MINUS_ONE = [-1 + 2.0**-53, -1 + 1e-10, -0.99, -0.9, -0.5] + both(1e-300, 1e-20, 1e-10, 1e-8, 1e-5, 1e-3, 0.1) + [
    0.0, 0.5, 1.0, 1.7, 10.0, 1e3, 1e8, 1e15, 1e100]
SMALL = both(1e-300, 1e-20, 1e-10, 1e-8, 1e-3, 0.1, 0.4, 0.5, 0.6, 1.0, 1.5, 2.0, 3.0, 4.5, 6.0) + [0.0]
GAUSSIAN_TAIL = sorted(SMALL + [-40.0, -37.5, -20.0, -10.0, -8.0, 8.0, 8.3, 10.0, 20.0, 37.0, 40.0])
GAMMA = [-100.7, -10.3, -2.5, -2.457024738220801, -1.5, -1.0 + 1e-5, -0.5040830082644554, -0.5, -1e-3, -1e-10,   # roots included
         1e-300, 1e-20, 1e-10, 1e-3, 0.1, 0.5, 0.999, 1 - 1e-10, 1.0, 1 + 1e-10, 1.001, 1.4616321449683622, 1.4616321449683625, 1.5,
         2 - 1e-10, 2.0, 2 + 1e-10, 2.5, 3.0, 5.9, 6.0, 10.0, 12.5, 100.0, 1e3, 1e8, 1e15]
STEPS = both(1e-300, 1e-10, 0.25, 0.5 - 2.0**-54, 0.5 + 2.0**-52, 0.75, 1 - 2.0**-53, 1 + 2.0**-52, 1.4, 2.25, 2.75, 3.3, 1e3 + 0.1,
             1e8 + 0.3, 2.0**50 + 0.25)

# ---------------------------------------------------------------- unary primitives: (f, (x, f) -> (f', f'', f'''), grid)

ZEROS = (mpf(0), mpf(0), mpf(0))
UNARY = {
    "negate": (lambda x: -x, lambda x, f: (-1, 0, 0), REAL),
    "reciprocal": (lambda x: 1 / x, lambda x, f: (-f**2, 2 * f**3, -6 * f**4), NONZERO),
    "square": (lambda x: x * x, lambda x, f: (2 * x, 2, 0), REAL),
    "sqrt": (mp.sqrt, lambda x, f: d_power(x, f, mpf(1) / 2), POSITIVE),
    "cbrt": (cbrt, lambda x, f: d_power(x, f, mpf(1) / 3), NONZERO),
    "exp": (mp.exp, lambda x, f: (f, f, f), EXPONENTS),
    "exp2": (lambda x: 2**x, lambda x, f: d_exponential(f, mp.ln2), EXPONENTS + [1023.5, -1021.5]),
    "exp10": (lambda x: mpf(10) ** x, lambda x, f: d_exponential(f, mp.ln10), EXPONENTS + [308.2, -307.5]),
    "expm1": (mp.expm1, lambda x, f: (mp.exp(x),) * 3, EXPONENTS),
    "log": (mp.log, lambda x, f: d_logarithm(x, 1), POSITIVE),
    "log2": (lambda x: mp.log(x) / mp.ln2, lambda x, f: d_logarithm(x, mp.ln2), POSITIVE),
    "log10": (lambda x: mp.log(x) / mp.ln10, lambda x, f: d_logarithm(x, mp.ln10), POSITIVE),
    "log1p": (mp.log1p, lambda x, f: d_logarithm(1 + x, 1), ABOVE_MINUS_ONE),
    "sin": (mp.sin, lambda x, f: (mp.cos(x), -f, -mp.cos(x)), ANGLES),
    "cos": (mp.cos, lambda x, f: (-mp.sin(x), -f, mp.sin(x)), ANGLES),
    "tan": (mp.tan, lambda x, f: (1 + f**2, 2 * f * (1 + f**2), (1 + f**2) * (2 + 6 * f**2)), ANGLES),
    "asin": (mp.asin, lambda x, f: d_asin(x), UNIT),
    "acos": (mp.acos, lambda x, f: negated(d_asin(x)), UNIT),
    "atan": (mp.atan, lambda x, f: d_atan(x), REAL),
    "sinh": (mp.sinh, lambda x, f: (mp.cosh(x), f, mp.cosh(x)), EXPONENTS),
    "cosh": (mp.cosh, lambda x, f: (mp.sinh(x), f, mp.sinh(x)), EXPONENTS),
    "tanh": (mp.tanh, d_tanh, SATURATING),
    "asinh": (mp.asinh, lambda x, f: d_asinh(x), REAL),
    "acosh": (mp.acosh, lambda x, f: d_acosh(x), ABOVE_ONE),
    "atanh": (mp.atanh, lambda x, f: d_atanh(x), UNIT),
    "abs": (abs, lambda x, f: (signum(x), 0, 0), NONZERO),
    "sign": (signum, lambda x, f: ZEROS, NONZERO),
    "floor": (mp.floor, lambda x, f: ZEROS, STEPS),
    "ceiling": (mp.ceil, lambda x, f: ZEROS, STEPS),
    "round": (round_even, lambda x, f: ZEROS, STEPS),
    "truncate": (truncate, lambda x, f: ZEROS, STEPS),
    "sigmoid": (sigmoid, lambda x, f: d_sigmoid(x), SATURATING),
    "softplus": (softplus, lambda x, f: d_softplus(x), SATURATING),
    "logsigmoid": (lambda x: -softplus(-x), lambda x, f: (sigmoid(-x), *negated(d_sigmoid(x)[:2])), SATURATING),
    "relu": (lambda x: max(x, mpf(0)), lambda x, f: (1 if x > 0 else 0, 0, 0), NONZERO),
    "gelu": (lambda x: x * Phi(x), lambda x, f: d_gelu(x), GAUSSIAN_TAIL),
    "silu": (lambda x: x * sigmoid(x), lambda x, f: d_silu(x), SATURATING),
    "erf": (mp.erf, lambda x, f: d_erf(x), SMALL),
    "erfc": (mp.erfc, lambda x, f: negated(d_erf(x)), SMALL + [10.0, 20.0, 26.0]),
    "normalcdf": (Phi, lambda x, f: (phi(x), -x * phi(x), (x * x - 1) * phi(x)), GAUSSIAN_TAIL),
    "lognormalcdf": (log_Phi, lambda x, f: d_log_normal_cdf(x), [-1e8, -1e4, -1e3, -100.0] + GAUSSIAN_TAIL),
    "loggamma": (log_abs_gamma, lambda x, f: (psi(0)(x), psi(1)(x), psi(2)(x)), GAMMA + [1e100]),
    "digamma": (psi(0), lambda x, f: (psi(1)(x), psi(2)(x), psi(3)(x)), GAMMA),
    "trigamma": (psi(1), lambda x, f: (psi(2)(x), psi(3)(x), psi(4)(x)), GAMMA),
}


def constant_exponent(c, grid):
    return lambda x: x ** mpf(c), lambda x, f: d_power(x, f, mpf(c)), grid


def constant_base(b, grid):
    return lambda x: mpf(b) ** x, lambda x, f: d_exponential(f, mp.log(mpf(b))), grid


UNARY |= {f"pow_c:{c}": constant_exponent(c, grid) for c, grid in [
    (2.5, POSITIVE), (-1.5, POSITIVE), (0.5, POSITIVE), (-0.5, POSITIVE), (0.1, POSITIVE), (1 / 3, POSITIVE), (100.25, POSITIVE),
    (-2, NONZERO), (-1, NONZERO), (1, NONZERO), (2, NONZERO), (3, NONZERO), (4, NONZERO), (7, NONZERO)]}
UNARY |= {f"pow_b:{b}": constant_base(b, EXPONENTS) for b in [2.5, 0.3, 2, 10, 1.0000001]}

# ---------------------------------------------------------------- binary primitives: (f, (x, y, f) -> (fx, fy, fxx, fxy, fyy), grid)


def d_quotient(x, y, f): return 1 / y, -f / y, 0, -1 / y**2, 2 * f / y**2
def d_hypot(x, y, r): return x / r, y / r, y * y / r**3, -x * y / r**3, x * x / r**3


def d_pow(x, y, f):
    ln = mp.log(x)
    return y * f / x, f * ln, y * (y - 1) * f / x**2, f / x * (1 + y * ln), f * ln**2


def d_logaddexp(x, y, f):
    s, t = sigmoid(x - y), sigmoid(y - x)
    return s, t, s * t, -s * t, s * t


def d_atan2(y, x, f):
    q = x * x + y * y
    return x / q, -y / q, -2 * x * y / q**2, (y * y - x * x) / q**2, 2 * x * y / q**2


def copysign(x, y): return abs(x) * signum(y)


FACTORS = list(product(both(1e-10, 0.3, 1.0, 7.7), both(1e-8, 1.25))) + [
    (1e-300, 1e300), (1e300, 1e-300), (1e-150, 3e-160), (1e150, 3e150), (1e200, -1e200), (1 + 1e-10, -1 + 1e-10), (0.1, 0.2), (1e16, 1.0)]
WITH_ZERO = [(0.0, 1.5), (0.0, -2.5)]
PLANE = WITH_ZERO + list(product(both(1e-8, 0.7, 3.0), both(0.5, 4.0))) + [
    (3.0, 1e-300), (3.0, 1e-10), (1e-300, 3.0), (1e-300, 1e-300), (1e-160, -2e-160), (1e-100, 1.0), (1e10, 1.0), (1e160, -2e160),
    (1e300, 1e300), (1.0, 1 + 1e-10), (1.0, 1e-20)]
POWERS = list(product([1e-8, 0.3, 1 - 1e-10, 1.0, 1 + 1e-10, 2.5, 100.0], [-2.5, -1.0, 1e-10, 0.5, 1.0, 3.0])) + [
    (1e-300, 0.5), (1e-300, 1e-3), (1e-10, 30.0), (1e300, 0.9), (10.0, 300.0), (10.0, -280.0), (1 + 1e-10, 1e10), (1 - 1e-10, 1e12),
    (0.5, 1000.0), (1.0001, 1e6), (3.0, 0.0), (0.2, 2.0)]
LOGS = list(product(both(1e-10, 1.0, 20.0), [-3.0, 0.0, 2.5])) + [
    (1.0, 1.0), (1e3, 1e3), (-1e3, -1e3), (1e3, -1e3), (-1e3, 1e3), (0.0, 40.0), (40.0, 0.0), (0.0, -700.0), (745.0, 0.0), (0.0, -745.0),
    (1e8, 1e8 + 1), (-1e15, -1e15 + 1), (1e300, 1e300), (1.0, -1.0), (1e-300, -1e-300), (-0.6931471805599453, -0.6931471805599453)]
ORDERED = list(product(both(1e-10, 2.0, 1e15), both(3e-10, 2.5))) + WITH_ZERO + [
    (1.0, 1 + 2.0**-52), (1 + 2.0**-52, 1.0), (1e300, -1e300), (1e-300, 2e-300)]
REMAINDERS = [(x, y) for x, y in product(both(0.3, 1.0, 7.7, 1e3 + 0.1), both(0.7, 2.5))] + [
    (1e8 + 0.3, 3.0), (1e15 + 0.125, 0.7), (1e-300, 1.0), (1e-10, 3e-11), (5.5, 1e8), (-5.5, 1e8), (1e22, 3.7), (1.0, 0.1), (-1.0, 0.1)]

BINARY = {
    "add": (lambda x, y: x + y, lambda x, y, f: (1, 1, 0, 0, 0), FACTORS),
    "subtract": (lambda x, y: x - y, lambda x, y, f: (1, -1, 0, 0, 0), FACTORS),
    "multiply": (lambda x, y: x * y, lambda x, y, f: (y, x, 0, 1, 0), FACTORS + WITH_ZERO),
    "divide": (lambda x, y: x / y, d_quotient, FACTORS + WITH_ZERO),
    "hypot": (mp.hypot, d_hypot, PLANE),
    "pow": (lambda x, y: x**y, d_pow, POWERS),
    "logaddexp": (logaddexp, d_logaddexp, LOGS),
    "atan2": (mp.atan2, d_atan2, [(y, x) for y, x in PLANE if y != 0 or x > 0]),
    "min": (min, lambda x, y, f: (1, 0, 0, 0, 0) if x < y else (0, 1, 0, 0, 0), ORDERED),
    "max": (max, lambda x, y, f: (1, 0, 0, 0, 0) if x > y else (0, 1, 0, 0, 0), ORDERED),
    "copysign": (copysign, lambda x, y, f: (signum(x) * signum(y), 0, 0, 0, 0), [p for p in ORDERED if p[0] != 0]),
    "remainder": (lambda x, y: x - y * truncate(x / y), lambda x, y, f: (1, -truncate(x / y), 0, 0, 0), REMAINDERS),
}

# ---------------------------------------------------------------- the ternary primitive: partials fx fy fz fxx fxy fxz fyy fyz fzz

TERNARY = {
    "fma": (lambda x, y, z: x * y + z, lambda x, y, z, f: (y, x, 1, 0, 1, 0, 0, 0, 0),
            list(product(both(0.3, 1e-8), both(1.25, 1e3), [-2.0, 0.0, 1e-10])) +
            [(0.1, 10.0, -1.0), (1 + 2.0**-52, 1 + 2.0**-52, -1 - 2.0**-51), (1e200, 1e200, -1e300), (1e-200, 1e-200, 1.0),
             (0.0, 2.0, 3.0), (2.0, 0.0, 3.0), (1e154, 1e154, -1e308), (3.0, 1 / 3, -1.0)]),
}

# ---------------------------------------------------------------- evaluation and its checks

UNARY_ORDERS = [(1,), (2,), (3,)]
BINARY_ORDERS = [(1, 0), (0, 1), (2, 0), (1, 1), (0, 2)]
TERNARY_ORDERS = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (2, 0, 0), (1, 1, 0), (1, 0, 1), (0, 2, 0), (0, 1, 1), (0, 0, 2)]

# n-th central differences: (offset in steps, weight), to be divided by step^n
STENCILS = [[(0, 1)], [(1, mpf(1) / 2), (-1, -mpf(1) / 2)], [(1, 1), (0, -2), (-1, 1)],
            [(2, mpf(1) / 2), (1, -1), (-1, 1), (-2, -mpf(1) / 2)]]

LIBM = {name: getattr(math, name) for name in
        "sqrt cbrt exp exp2 expm1 log log2 log10 log1p sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh floor erf erfc "
        "hypot pow atan2 copysign".split()}
LIBM |= {"loggamma": math.lgamma, "round": round, "truncate": math.trunc, "ceiling": math.ceil, "remainder": math.fmod,
         "exp10": lambda x: 10.0**x}


def close(a, b): return abs(a - b) <= AGREE * max(abs(a), abs(b))
def log10(x): return 0 if x == 0 else int(mp.log10(abs(x)))


def central_difference(f, point, order, value, derivative):
    """The mixed central difference of f, in as many digits as its cancellation takes to leave 40."""
    steps = [STEP * min(abs(x), 1) if x != 0 else STEP for x in point]
    lost = sum(-n * log10(h) for n, h in zip(order, steps)) + max(0, log10(max(1, abs(value))) - log10(derivative))
    reach = max(log10(x) - log10(h) for x, h in zip(point, steps))
    with mp.workdps(80 + max(0, lost) + max(0, reach) + max(0, *map(log10, point))):
        total = mpf(0)
        for terms in product(*(STENCILS[n] for n in order)):
            moved = [x + k * h for x, (k, _), h in zip(point, terms, steps)]
            total += mp.fprod(w for _, w in terms) * f(*moved)
        return total / mp.fprod(h**n for n, h in zip(order, steps))


def evaluate(name, f, partials, point, orders):
    """The value and the partial derivatives at the exact doubles of point, checked."""
    exact = [mpf(x) for x in point]
    with mp.workdps(WORK):
        value = mpf(f(*exact))
        derivatives = [mpf(d) for d in partials(*exact, value)]
    with mp.workdps(WORK + 300):
        if not close(mpf(f(*exact)), value):
            raise ArithmeticError(f"{name}{point}: the value is not settled at {WORK} digits")
    for order, derivative in zip(orders, derivatives, strict=True):
        difference = central_difference(f, exact, order, value, derivative)
        if not (close(difference, derivative) or derivative == 0 and abs(difference) <= AGREE * max(1, abs(value))):
            raise ArithmeticError(f"{name}{point}: order {order} is {+derivative}, differences say {+difference}")
    if name in LIBM and sum(map(abs, exact)) < 1e18:
        check_against_libm(name, point, value)
    return [value, *derivatives]


def check_against_libm(name, point, value):
    try:
        other = LIBM[name](*point)
    except OverflowError:
        other = math.copysign(math.inf, value)
    if other != nearest_double(value) and not abs(other - value) <= 1e-13 * abs(value) + 1e-300:
        if not (name == "loggamma" and abs(other - value) <= 1e-14):   # near its roots, lgamma is accurate to absolute rounding only
            raise ArithmeticError(f"{name}{point}: {mp.nstr(value, 20)}, the C library has {other}")


def nearest_double(x):
    """x rounded once, to nearest even, with the infinities and subnormals of the format."""
    if x == 0:
        return 0.0
    magnitude = x.exp + x.bc
    if magnitude > 1100:
        return math.copysign(math.inf, x)
    if magnitude < -1200:
        return math.copysign(0.0, x)
    sign, man, exp, _ = x._mpf_
    try:
        return float(Fraction(-man if sign else man) * Fraction(2) ** exp)
    except OverflowError:
        return math.copysign(math.inf, x)


def decimal(x):
    """The shortest decimal of at least 25 digits that rounds to the double nearest x."""
    digits = 25
    while float(text := mp.nstr(x, digits)) != nearest_double(x):
        digits += 5
    return text.removesuffix(".0")


def table(header, primitives, orders):
    lines = [header.split()]
    for name, (f, partials, grid) in primitives.items():
        points = dict.fromkeys(p if isinstance(p, tuple) else (p,) for p in grid)
        for point in sorted(points):
            outputs = evaluate(name, f, partials, point, orders)
            lines.append([name, *map(repr, point), *map(decimal, outputs)])
    return "".join("\t".join(line) + "\n" for line in lines)


if __name__ == "__main__":
    tables = {
        "unary.tsv": table("primitive x value first second third", UNARY, UNARY_ORDERS),
        "binary.tsv": table("primitive x y value fx fy fxx fxy fyy", BINARY, BINARY_ORDERS),
        "ternary.tsv": table("primitive x y z value fx fy fz fxx fxy fxz fyy fyz fzz", TERNARY, TERNARY_ORDERS),
    }
    for name, text in tables.items():
        (Path(__file__).parent / name).write_text(text, encoding="ascii")
