#!/usr/bin/env python3
"""Writes the expectations of the formatting and mathematics tests with CPython 3.11 (run once, output is committed).

format.tsv: kind, value (floats as hexadecimal bits), specification, text or "!" where Python refuses.
special.tsv: function, argument bits, result bits of erf, erfc, gamma, lgamma, correctly rounded from 60 digits and more.
"""
import math, random, struct, sys, os

rng = random.Random(20240229)
here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../resources/org/pellang/stdlib")
os.makedirs(here, exist_ok=True)


def bits(x):
    return "%016x" % struct.unpack(">Q", struct.pack(">d", x))[0]


def unbits(n):
    return struct.unpack(">d", struct.pack(">Q", n))[0]


def attempt(value, spec):
    try:
        return format(value, spec)
    except (ValueError, OverflowError):
        return "!"


def spec(types, floaty):
    s = ""
    if rng.random() < 0.35:
        s += rng.choice(["*", "ä", "😀", "x", "0", " ", "<"]) + rng.choice("<>=^")
    elif rng.random() < 0.2:
        s += rng.choice("<>=^")
    if rng.random() < 0.3:
        s += rng.choice("+- ")
    if rng.random() < 0.08:
        s += "z"
    if rng.random() < 0.15:
        s += "#"
    if rng.random() < 0.25:
        s += "0"
    if rng.random() < 0.5:
        s += str(rng.choice([1, 2, 5, 8, 10, 13, 20, 31]))
    if rng.random() < 0.2:
        s += rng.choice([",", "_"])
    if rng.random() < (0.6 if floaty else 0.05):
        s += "." + str(rng.choice([0, 1, 2, 3, 4, 6, 9, 12, 15, 16, 17, 20, 30]))
    if rng.random() < 0.8:
        s += rng.choice(types)
    return s


FLOATS = [0.0, -0.0, 0.1, 0.5, 1.5, 2.5, 0.25, 0.125, 1.0, 3.0, -3.0, 1e-6, 1e-5, 1e-4, 0.00012345, 1e15, 1e16, 1e17, 123456789012345680.0,
          9999999999999998.0, 9.5, 99.5, 0.95, 0.0005, 1e22, 1e23, 2e-323, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, math.pi, math.e,
          float("inf"), float("-inf"), float("nan"), 1 / 3, 2 / 3, 1e100, 123456.789, 999999.5, 9999995.0, 0.045, 1.005, 2.675, 1234567.0, 100.0, 1000000.0]
INTS = [0, 1, -1, 7, 42, -42, 65, 97, 255, 1000, 999, 1234567, -1234567, 2**31, -2**31, 2**53 + 1, 2**63 - 1, -2**63, 0x1F600, 1114112]
STRINGS = ["", "a", "hello", "äöü", "😀😀", "a b", "hello world, long enough"]


def some_float():
    r = rng.random()
    if r < 0.3:
        return rng.choice(FLOATS)
    if r < 0.6:
        return rng.uniform(-1000, 1000)
    if r < 0.75:
        return round(rng.uniform(-10, 10), rng.randrange(0, 6))
    return unbits(rng.getrandbits(64))


def some_int():
    return rng.choice(INTS) if rng.random() < 0.4 else rng.randrange(-10 ** rng.randrange(1, 19), 10 ** rng.randrange(1, 19))


rows = []
for f in FLOATS:
    for s in ["", ".3f", ".6e", ".0f", ".15", ".3", "g", ".3%", ",", ".2f", "10.4f", "08.2f", "+.1e", "#.3g", ".0e", "#.0f", "n", "012,.2f", "_.3f", "E", "G", "F", "z.1f"]:
        rows.append(("f", bits(f), s, attempt(f, s)))
for i in INTS:
    for s in ["", "d", "8d", ",", "_", "x", "X", "#x", "#X", "b", "#b", "o", "#010x", "_b", "_x", "c", "e", ".2f", "%", "+d", " d", "08d", "012,", "^20", "*^21,", "n", "g", "=+9"]:
        rows.append(("i", str(i), s, attempt(i, s)))
for t in STRINGS:
    for s in ["", "s", "10", ">10", "^10", "*<10", ".2", "10.3s", "010", "d", "+", "#", ",", "=10", "z", "😀^9"]:
        rows.append(("s", t, s, attempt(t, s)))
for bad in [".", "1.2.3", "d5", "xx", ",,", ",_", "_,", "__", "<<<", "y", "10q", "5.f", "+-", "é"]:
    rows.append(("i", "5", bad, attempt(5, bad)))
    rows.append(("f", bits(5.5), bad, attempt(5.5, bad)))
for _ in range(1500):
    f = some_float(); s = spec("eEfFgGn%", True)
    rows.append(("f", bits(f), s, attempt(f, s)))
for _ in range(900):
    i = some_int(); s = spec("bcdoxXneEfFgG%", False)
    rows.append(("i", str(i), s, attempt(i, s)))
for _ in range(300):
    t = rng.choice(STRINGS); s = spec("ssssd", True)
    rows.append(("s", t, s, attempt(t, s)))
for _ in range(600):
    f = unbits(rng.getrandbits(64)); rows.append(("f", bits(f), "", repr(f)))
for _ in range(200):
    f = rng.randrange(1, 40) * 5e-324; rows.append(("f", bits(f), "", repr(f)))
with open(os.path.join(here, "format.tsv"), "w", encoding="utf-8") as out:
    for kind, value, s, expected in rows:
        out.write("\t".join((kind, value, s, expected)) + "\n")

args = [rng.uniform(-7, 7) for _ in range(300)] + [rng.uniform(0, 28) for _ in range(150)] + [rng.uniform(-1e-3, 1e-3) for _ in range(30)]
args += [0.0, 0.5, -0.5, 1.0, 2.0, 0.84375, 1.25, 26.5, 27.0, 6.0]
gargs = [rng.uniform(0, 30) for _ in range(300)] + [rng.uniform(30, 171) for _ in range(100)] + [rng.uniform(-20, 0) for _ in range(100)]
gargs += [rng.uniform(0.9, 1.1) for _ in range(40)] + [rng.uniform(1.9, 2.1) for _ in range(40)] + [float(n) for n in range(1, 24)] + [0.5, 1.5, 1e-10, 1e-300, 170.5]


# Reference values with 60 digits: Stirling's series after a shift, erf by its series, erfc by its continued fraction.
from decimal import Decimal as D, getcontext
from fractions import Fraction

getcontext().prec = 90


def arctan_inverse(n):
    term = total = D(1) / n
    k = 1
    while abs(term) > D(10) ** -95:
        term = -term / (n * n)
        k += 2
        total += term / k
    return total


PI = 4 * (4 * arctan_inverse(5) - arctan_inverse(239))
BERNOULLI = [Fraction(1)]
for m in range(1, 61):
    BERNOULLI.append(-sum(math.comb(m + 1, k) * b for k, b in enumerate(BERNOULLI)) / (m + 1))


def sine(x):
    x %= 2 * PI
    term = total = x
    k = 1
    while abs(term) > D(10) ** -85:
        term = -term * x * x / ((k + 1) * (k + 2))
        k += 2
        total += term
    return total


def log_gamma(x):
    product = D(1)
    while x < 40:
        product *= x
        x += 1
    series = sum(D(b.numerator) / D(b.denominator) / (2 * m * (2 * m - 1) * x ** (2 * m - 1))
                 for m in range(1, 30) for b in [BERNOULLI[2 * m]])
    return (x - D("0.5")) * x.ln() - x + (2 * PI).ln() / 2 + series - product.ln()


def gamma(x):
    if x > 0:
        return log_gamma(x).exp()
    return PI / (sine(PI * x) * gamma(1 - x))


def lgamma(x):
    return log_gamma(x) if x > 0 else (PI / abs(sine(PI * x))).ln() - log_gamma(1 - x)


def erf(x):
    term = total = x
    n = 0
    while abs(term) > D(10) ** -85 * max(abs(total), D(10) ** -10):
        n += 1
        term = term * 2 * x * x / (2 * n + 1)
        total += term
    return 2 / PI.sqrt() * total * (-x * x).exp()


def erfc(x):
    if x < 5:
        return 1 - erf(x)
    f = x
    for k in range(900, 0, -1):
        f = x + (D(k) / 2) / f
    return (-x * x).exp() / (PI.sqrt() * f)


with open(os.path.join(here, "special.tsv"), "w") as out:
    for function, values in ((erf, args), (erfc, args), (gamma, gargs), (lgamma, gargs + [1e5, 1e10, 1e300])):
        for x in values:
            if function in (gamma, lgamma) and x == 0.0:
                continue
            y = function(D(x))
            y = 0.0 if abs(y) < D(10) ** -50 and function is lgamma else float(y)
            if math.isfinite(y):
                out.write("%s\t%s\t%s\n" % (function.__name__, bits(x), bits(y)))
