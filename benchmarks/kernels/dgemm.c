#include "clock.h"
// Rows of c as sums of rows of b: the order that gcc vectorises, blocked for the cache.
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 512; int rounds = argc > 2 ? atoi(argv[2]) : 9; long block = 64;
  double *a = malloc(n * n * 8), *b = malloc(n * n * 8), *c = malloc(n * n * 8), *t = malloc(rounds * 8);
  for (long i = 0; i < n; i++) for (long j = 0; j < n; j++) { a[i * n + j] = i + 0.5 * j; b[i * n + j] = i - 0.25 * j; }
  for (int r = 0; r < rounds; r++) {
    double t0 = now();
    for (long i = 0; i < n * n; i++) c[i] = 0;
    for (long k0 = 0; k0 < n; k0 += block)
      #pragma omp parallel for
      for (long i = 0; i < n; i++) {
        double *restrict row = c + i * n;
        for (long k = k0; k < k0 + block && k < n; k++) {
          double x = a[i * n + k]; const double *restrict from = b + k * n;
          for (long j = 0; j < n; j++) row[j] += x * from[j];
        }
      }
    t[r] = now() - t0;
  }
  report(t, rounds, c[n / 3 * n + 7]);
}
