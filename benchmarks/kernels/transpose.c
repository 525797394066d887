#include "clock.h"
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 1500; int rounds = argc > 2 ? atoi(argv[2]) : 30, tile = 32;
  double *a = malloc(n * n * 8), *b = calloc(n * n, 8), *t = malloc(rounds * 8);
  for (long i = 0; i < n; i++) for (long j = 0; j < n; j++) a[i * n + j] = n * j + i;
  for (int r = 0; r < rounds; r++) {
    double t0 = now();
    #pragma omp parallel for
    for (long it = 0; it < n; it += tile)
      for (long jt = 0; jt < n; jt += tile)
        for (long i = it; i < it + tile && i < n; i++)
          for (long j = jt; j < jt + tile && j < n; j++)
            b[i * n + j] += a[j * n + i];
    t[r] = now() - t0;
  }
  report(t, rounds, b[n / 3 * n + 7]);
}
