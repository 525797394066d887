#include "clock.h"
#include "random.h"
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 10000000, bins = 1000, first = 0; int rounds = argc > 2 ? atoi(argv[2]) : 9;
  double *x = malloc(n * 8), *t = malloc(rounds * 8);
  for (long i = 0; i < n; i++) x[i] = uniform01(1, i);
  for (int r = 0; r < rounds; r++) {
    double t0 = now(); long *h = calloc(bins, sizeof *h);
    #pragma omp parallel for reduction(+ : h[:bins])
    for (long i = 0; i < n; i++) h[(long)(x[i] * bins)]++;
    t[r] = now() - t0; first = h[0] + 3 * h[bins - 1]; free(h);
  }
  report(t, rounds, first);
}
