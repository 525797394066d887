#!/usr/bin/env python3
"""The numbers of the examples, computed without PEL: plain Python 3, nothing but its library.

    python3 examples/verify.py [NAME...]     # prints what each example's .expected must say

Settings are those of the .run files. Sums here are exact (math.fsum) or in plain order; the examples print fewer digits than
the two can differ in. NAS EP takes about a minute.
"""
import array
import csv
import math
import operator
import pathlib
import statistics
import sys

HERE = pathlib.Path(__file__).parent
M64 = (1 << 64) - 1


def splitmix(state, i):
    """Output i of SplitMix64 (Steele, Lea, Flood 2014)."""
    z = (state + (i + 1) * 0x9E3779B97F4A7C15) & M64
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & M64
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & M64
    return z ^ (z >> 31)


def bits(seed, i):
    return splitmix(seed * 0xD1342543DE82EF95 & M64, i)


def gauss(word):
    return statistics.NormalDist().inv_cdf(((word >> 12) + 0.5) * 2.0**-52)


def pi(n=1_000_000):
    h = 1.0 / n
    print(f"pi = {h * math.fsum(4.0 / (1.0 + ((i + 0.5) * h) ** 2) for i in range(n)):.15}")


def heat(n=40, steps=60, eps=1e-6):
    u = [[0.0] * (n + 2) for _ in range(n + 2)]
    u[0] = [1.0] * (n + 2)
    t, err = 0, 1.0
    while err > eps and t < steps:
        v = [row[:] for row in u]
        for i in range(1, n + 1):
            for j in range(1, n + 1):
                v[i][j] = 0.25 * (u[i - 1][j] + u[i + 1][j] + u[i][j - 1] + u[i][j + 1])
        err = max(abs(v[i][j] - u[i][j]) for i in range(1, n + 1) for j in range(1, n + 1))
        u = v
        t += 1
    print(f"{t} steps, change {err:.3e}")
    print(f"mean temperature {math.fsum(u[i][j] for i in range(1, n + 1) for j in range(1, n + 1)) / n**2:.6f}")


def word_count(most=20):
    counts = {}
    for path in sorted((HERE / "07-word-count" / "books").glob("*.txt")):
        for word in path.read_text(encoding="utf-8").lower().split():
            counts[word] = counts.get(word, 0) + 1
    for word, count in sorted(counts.items(), key=lambda e: (-e[1], e[0]))[:most]:
        print(f"{count:8} {word}")


def option_risk(paths=50_000, seed=42):
    s0, strike, rate, vol = 100.0, 105.0, 0.03, 0.2
    ends = [s0 * math.exp(rate - 0.5 * vol * vol + vol * gauss(bits(seed, p))) for p in range(paths)]
    x = [math.exp(-rate) * max(s - strike, 0.0) for s in ends]
    price = math.fsum(x) / paths
    se = math.sqrt((math.fsum(v * v for v in x) / paths - price**2) / paths)
    loss = sorted(s0 - s for s in ends)
    at = 0.99 * (paths - 1)
    low = loss[int(at)]
    var99 = low + (at - int(at)) * (loss[int(at) + 1] - low)
    tail = [v for v in loss if v >= var99]
    print(f"price {price:.4f} +- {1.96 * se:.4f}   VaR99 {var99:.2f}   ES99 {math.fsum(tail) / len(tail):.2f}")
    d1 = (math.log(s0 / strike) + rate + vol * vol / 2) / vol
    phi = statistics.NormalDist().cdf
    print(f"# Black and Scholes: {s0 * phi(d1) - strike * math.exp(-rate) * phi(d1 - vol):.4f}")


def table(path):
    with open(HERE / path, encoding="utf-8") as file:
        rows = []
        for row in csv.reader(file):
            try:
                rows.append([float(cell) for cell in row])
            except ValueError:
                pass  # the header
        return rows


def kmeans(k=3, iters=20):
    x = table("05-kmeans/iris.csv")
    cent = [x[c * (len(x) // k)][:] for c in range(k)]

    def near(p):
        return min((math.fsum((a - b) ** 2 for a, b in zip(p, c)), i) for i, c in enumerate(cent))

    for _ in range(iters):
        groups = [[] for _ in range(k)]
        for p in x:
            groups[near(p)[1]].append(p)
        cent = [[math.fsum(f) / len(g) for f in zip(*g)] if g else c for g, c in zip(groups, cent)]
    print(f"{len(x)} points, {k} clusters, inertia {math.fsum(near(p)[0] for p in x):.4f}")
    for c in range(k):
        members = sum(near(p)[1] == c for p in x)
        print(f"cluster {c}: {members:3} points, centre " + " ".join(f"{f:.3f}" for f in cent[c][:4]))


def logistic(epochs=50, lr=0.5):
    data = table("06-logistic/breast_cancer.csv")
    n, m = len(data), len(data[0]) - 1
    centre = [math.fsum(r[f] for r in data) / n for f in range(m)]
    spread = [math.sqrt(math.fsum((r[f] - centre[f]) ** 2 for r in data) / n) for f in range(m)]
    x = [[(r[f] - centre[f]) / spread[f] for f in range(m)] for r in data]
    y = [r[m] for r in data]
    w, bias = [0.0] * m, 0.0
    for step in range(1, epochs + 1):
        z = [bias + sum(a * b for a, b in zip(w, r)) for r in x]
        d = [1.0 / (1.0 + math.exp(-v)) - t for v, t in zip(z, y)]
        loss = math.fsum(math.log1p(math.exp(-abs(v))) + max(v, 0.0) - t * v for v, t in zip(z, y))
        w = [w[f] - lr / n * math.fsum(e * r[f] for e, r in zip(d, x)) for f in range(m)]
        bias -= lr / n * math.fsum(d)
        if step % 50 == 0:
            print(f"pass {step:3}: loss {loss / n:.6f}")
    right = sum((bias + sum(a * b for a, b in zip(w, r)) > 0.0) == (t > 0.5) for r, t in zip(x, y))
    print(f"{right} of {n} right, accuracy {right / n:.2%}")


def cg(n=24, tol=1e-10):
    side = range(1, n + 1)
    grid = lambda: [[0.0] * (n + 2) for _ in range(n + 2)]
    dot = lambda a, b: math.fsum(a[i][j] * b[i][j] for i in side for j in side)
    r, p, q = grid(), grid(), grid()
    for i in side:
        for j in side:
            r[i][j] = p[i][j] = 1.0
    rr, it = dot(r, r), 0
    while math.sqrt(rr) > tol:
        for i in side:
            for j in side:
                q[i][j] = 4.0 * p[i][j] - p[i - 1][j] - p[i + 1][j] - p[i][j - 1] - p[i][j + 1]
        alpha = rr / dot(p, q)
        for i in side:
            for j in side:
                r[i][j] -= alpha * q[i][j]
        rr2 = dot(r, r)
        for i in side:
            for j in side:
                p[i][j] = r[i][j] + (rr2 / rr) * p[i][j]
        rr = rr2
        it += 1
    print(f"converged in {it} iterations")


def nbody(n=60, steps=5):
    dt, soft, m = 1e-3, 1e-4, 1.0 / n
    pos = [[gauss(splitmix(bits(1, i), k)) for k in range(3)] for i in range(n)]
    vel = [[0.0] * 3 for _ in range(n)]
    for _ in range(steps):
        for i in range(n):
            acc = [0.0] * 3
            for b in pos:
                d = [b[k] - pos[i][k] for k in range(3)]
                s = m / (sum(v * v for v in d) + soft) ** 1.5
                acc = [a + v * s for a, v in zip(acc, d)]
            vel[i] = [v + dt * a for v, a in zip(vel[i], acc)]
        pos = [[x + dt * v for x, v in zip(p, q)] for p, q in zip(pos, vel)]
    print(f"kinetic energy {math.fsum(0.5 * m * sum(v * v for v in q) for q in vel):.12}")


def shallow_water(n=24, steps=40):
    g, depth, dx, dt = 9.81, 100.0, 1000.0, 10.0
    side = range(n)
    h = [[math.exp(-((i - n / 2) ** 2 + (j - n / 2) ** 2) / (n / 20) ** 2) for j in side] for i in side]
    u = [[0.0] * n for _ in side]
    v = [[0.0] * n for _ in side]
    mass0 = math.fsum(map(math.fsum, h))
    for _ in range(steps):
        for i in side:
            for j in side:
                u[i][j] -= g * dt / dx * (h[i][j] - h[i - 1][j])
                v[i][j] -= g * dt / dx * (h[i][j] - h[i][j - 1])
        for i in side:
            for j in side:
                h[i][j] -= depth * dt / dx * (u[(i + 1) % n][j] - u[i][j] + v[i][(j + 1) % n] - v[i][j])
    print(f"# relative mass drift {abs(math.fsum(map(math.fsum, h)) - mass0) / mass0:.1e}: rounding only")
    print(f"height between {min(map(min, h)):.6f} and {max(map(max, h)):.6f}")


def below(word, n):
    return word * n >> 64


def uniform01(seed, i):
    return (bits(seed, i) >> 11) * 2.0**-53


def samplesort(n=1000):
    for ranks in (1, 2, 3, 4, 7):
        mine = [sorted(below(bits(7, r * n + i), 1 << 40) for i in range(n)) for r in range(ranks)]
        sample = sorted(a[i * n // ranks] for a in mine for i in range(ranks))
        cuts = [sample[i * ranks] for i in range(1, ranks)]
        keys = sorted(k for a in mine for k in a)
        print(f"# samplesort-{ranks}.expected")
        for r in range(ranks):
            low = cuts[r - 1] if r else -1
            high = cuts[r] if r < ranks - 1 else 1 << 40
            part = [k for k in keys if low <= k < high]
            print(f"rank {r}: {len(part)} keys, first {part[0]}")


def npy(path):
    data = path.read_bytes()
    head = data[10 : 10 + int.from_bytes(data[8:10], "little")].decode()
    shape = eval(head)["shape"]
    values = array.array("d", data[10 + len(head) :])
    return values if len(shape) == 1 else [values[k * shape[1] : (k + 1) * shape[1]] for k in range(shape[0])]


def sgd_data():
    """Writes x.npy and y.npy; not part of a run without names."""
    n, m = 600, 4
    x, y = array.array("d"), array.array("d")
    for i in range(n):
        one = i % 2
        x.extend(gauss(bits(11 + f, i)) + (0.8 * one - 0.4) * (f + 1) / 2 for f in range(m))
        y.append(one)
    for name, shape, values in (("x", (n, m), x), ("y", (n,), y)):
        head = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}"
        head += " " * (117 - len(head)) + "\n"
        (HERE / f"10-sgd/{name}.npy").write_bytes(b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head.encode() + values.tobytes())


def positions(seed, n):
    """Where each element of D.shuffled(seed) stands: a Feistel network of six rounds, walked into the range."""
    half = max(1, ((n - 1).bit_length() + 1) // 2)
    mask = (1 << half) - 1

    def network(x):
        left, right = x >> half, x & mask
        for turn in range(6):
            left, right = right, left ^ splitmix(seed, right * 6 + turn) & mask
        return left << half | right

    at = []
    for k in range(n):
        k = network(k)
        while k >= n:
            k = network(k)
        at.append(k)
    return at


def sgd(epochs=3, batch=64, lr=0.1):
    x, y = npy(HERE / "10-sgd/x.npy"), npy(HERE / "10-sgd/y.npy")
    n, m = len(y), len(x[0])
    w = [0.0] * m
    for e in range(1, epochs + 1):
        at = positions(e, n)
        for s in range(0, n, batch):
            rows = [r for r in range(n) if s <= at[r] < s + batch]
            p = {r: 1.0 / (1.0 + math.exp(-math.fsum(a * b for a, b in zip(w, x[r])))) for r in rows}
            w = [w[f] - lr / batch * math.fsum((p[r] - y[r]) * x[r][f] for r in rows) for f in range(m)]
        right = sum((math.fsum(a * b for a, b in zip(w, x[r])) > 0.0) == (y[r] > 0.5) for r in range(n))
        print(f"epoch {e}: accuracy {100.0 * right / n:.2f}%")


def quantum(qubits=8):
    print(f"p(0) = {2.0**-qubits:.6e}, total = {1.0:.12}")


def spiking(n=1000, steps=30):
    inputs = [[below(bits(i, s), n) for s in range(100)] for i in range(n)]
    v, fired, total = [0.0] * n, [False] * n, 0
    for t in range(1, steps + 1):
        drive = [0.12 * uniform01(t, i) + 0.012 * sum(fired[k] for k in inputs[i]) for i in range(n)]
        v = [0.95 * a + d for a, d in zip(v, drive)]
        fired = [a >= 1.0 for a in v]
        v = [0.0 if f else a for a, f in zip(v, fired)]
        total += sum(fired)
    print(f"{total} spikes, rate {total / (n * steps):.5}")


def matmul(n=96):
    rows = [sum(i + k for i in range(n)) for k in range(n)]
    columns = [sum(k - j for j in range(n)) for k in range(n)]
    print(f"checksum {float(sum(a * b for a, b in zip(rows, columns))):.6e}")


def ep(m=24):
    s, a, mask = 271_828_183, 5**13, (1 << 46) - 1
    sums, q, bx, by = [[], []], [0] * 10, 0.0, 0.0
    for pair in range(1 << m):
        s = s * a & mask
        x = s * 2.0**-45 - 1.0
        s = s * a & mask
        y = s * 2.0**-45 - 1.0
        t = x * x + y * y
        if t <= 1.0:
            f = math.sqrt(-2.0 * math.log(t) / t)
            q[int(max(abs(x * f), abs(y * f)))] += 1
            bx += x * f
            by += y * f
        if pair & 0xFFFF == 0xFFFF:
            sums[0].append(bx)
            sums[1].append(by)
            bx = by = 0.0
    print(f"sums {math.fsum(sums[0]):.12e} {math.fsum(sums[1]):.12e}")
    for l in range(10):
        print(f"{l}: {q[l]}")


def nas_cg(n=1400, nonzero=7, shift=10.0, outer=15, inner=25, rcond=0.1):
    power = 1
    while power < n:
        power *= 2
    state = 314_159_265

    def following():
        nonlocal state
        state = state * 5**13 & (1 << 46) - 1
        return state * 2.0**-46

    following()
    rows = [{} for _ in range(n)]
    for i in range(n):
        vector = {}
        while len(vector) < nonzero:
            value, at = following(), int(power * following())
            if at < n and at not in vector:
                vector[at] = value
        vector[i] = 0.5
        for r, here in vector.items():
            for c, there in vector.items():
                rows[r][c] = rows[r].get(c, 0.0) + rcond ** (i / n) * here * there
    for i in range(n):
        rows[i][i] += rcond - shift
    print(f"class S: {n} rows, {sum(map(len, rows))} elements")
    rows = [list(row.items()) for row in rows]
    dot = lambda a, b: math.fsum(map(operator.mul, a, b))
    times = lambda a: [sum(v * a[c] for c, v in row) for row in rows]
    x = [1.0] * n
    for it in range(outer + 1):
        z, r, p = [0.0] * n, x[:], x[:]
        rho = dot(r, r)
        for _ in range(inner):
            q = times(p)
            alpha = rho / dot(p, q)
            z = [a + alpha * b for a, b in zip(z, p)]
            r = [a - alpha * b for a, b in zip(r, q)]
            before, rho = rho, dot(r, r)
            p = [a + rho / before * b for a, b in zip(r, p)]
        if it > 0:
            print(f"{it:3} {shift + 1.0 / dot(x, z):.12f}")
            norm = 1.0 / math.sqrt(dot(z, z))
            x = [norm * a for a in z]


def smith_waterman():
    def bases(name):
        return "".join(line.strip() for line in open(HERE / "11-smith-waterman" / name) if not line.startswith(">"))

    a, b = bases("query.fa"), bases("target.fa")
    best, at, above = 0, (0, 0), [0] * (len(b) + 1)
    for i in range(1, len(a) + 1):
        row = [0]
        for j in range(1, len(b) + 1):
            s = 3 if a[i - 1] == b[j - 1] else -3
            row.append(max(0, above[j - 1] + s, above[j] - 2, row[j - 1] - 2))
            if row[j] > best:
                best, at = row[j], (i, j)
        above = row
    print(f"{len(a)} x {len(b)} bases: best score {best}, ends at {at[0]} and {at[1]}")


def mandelbrot(n=60, limit=100):
    total = inside = 0
    for y in range(n):
        for x in range(n):
            c = complex(3.0 * x / n - 2.0, 3.0 * y / n - 1.5)
            z, k = c, 0
            while k < limit and z.real * z.real + z.imag * z.imag < 4.0:
                z, k = z * z + c, k + 1
            total += k
            inside += k == limit
    print(f"{total} iterations, {inside} points inside")


def fib(n=30):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    print(a)


def histogram(n=20_000, bins=1024):
    for size in (1, 2, 3, 4, 7):
        count = [0] * size
        for rank in range(size):
            for i in range(n):
                b = int(((bits(rank, i) >> 11) * 2.0**-53) ** (1 / 3) * bins * size)
                count[b // bins] += 1
        print(f"-- {size} ranks\n{sum(count)} of {n * size} samples counted")
        for half in range(min(2, size)):
            print(f"half-machine total {sum(count[half::2])}")


ALL = [pi, heat, word_count, option_risk, kmeans, logistic, samplesort, cg, nbody, sgd, quantum, spiking, shallow_water, matmul, fib, histogram, smith_waterman,
       mandelbrot, ep, nas_cg]
if sys.argv[1:] == ["sgd_data"]:
    sgd_data()
for example in ALL:
    if len(sys.argv) < 2 or example.__name__ in sys.argv[1:]:
        print("==", example.__name__)
        example()
