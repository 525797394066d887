#include "clock.h"
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 400, limit = 500; int rounds = argc > 2 ? atoi(argv[2]) : 5;
  long *iters = malloc(n * n * sizeof *iters), sum = 0; double *t = malloc(rounds * 8);
  for (int r = 0; r < rounds; r++) {
    double t0 = now();
    #pragma omp parallel for schedule(dynamic, 8)
    for (long y = 0; y < n; y++)
      for (long x = 0; x < n; x++) {
        double cr = 3.0 * x / n - 2.0, ci = 3.0 * y / n - 1.5, zr = 0, zi = 0; long k = 0;
        while (k < limit && zr * zr + zi * zi < 4.0) { double next = zr * zr - zi * zi + cr; zi = 2.0 * zr * zi + ci; zr = next; k++; }
        iters[y * n + x] = k;
      }
    t[r] = now() - t0;
  }
  for (long i = 0; i < n * n; i++) sum += iters[i];
  report(t, rounds, sum);
}
