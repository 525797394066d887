#include "clock.h"
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 10000000; int rounds = argc > 2 ? atoi(argv[2]) : 30;
  double *a = malloc(n * 8), *t = malloc(rounds * 8), s = 0;
  for (long i = 0; i < n; i++) a[i] = 1.0 / (i + 1);
  for (int r = 0; r < rounds; r++) {
    double t0 = now(), x = 0;
    #pragma omp parallel for reduction(+ : x)
    for (long i = 0; i < n; i++) x += a[i];
    t[r] = now() - t0; s = x;
  }
  report(t, rounds, s);
}
