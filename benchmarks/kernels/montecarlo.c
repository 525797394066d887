#include "clock.h"
#include "random.h"
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 10000000, hits = 0; int rounds = argc > 2 ? atoi(argv[2]) : 9; double *t = malloc(rounds * 8);
  for (int r = 0; r < rounds; r++) {
    double t0 = now(); hits = 0;
    #pragma omp parallel for reduction(+ : hits)
    for (long i = 0; i < n; i++) { double x = uniform01(1, i), y = uniform01(2, i); hits += x * x + y * y < 1.0; }
    t[r] = now() - t0;
  }
  report(t, rounds, hits);
}
