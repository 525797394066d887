#include "clock.h"
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 10000000; int rounds = argc > 2 ? atoi(argv[2]) : 30;
  double *a = malloc(n * 8), *b = malloc(n * 8), *c = malloc(n * 8), *t = malloc(rounds * 8);
  for (long i = 0; i < n; i++) { a[i] = 0; b[i] = 2; c[i] = 2; }
  for (int r = 0; r < rounds; r++) {
    double t0 = now();
    #pragma omp parallel for
    for (long i = 0; i < n; i++) a[i] += b[i] + 3.0 * c[i];
    t[r] = now() - t0;
  }
  report(t, rounds, a[n / 2]);
}
