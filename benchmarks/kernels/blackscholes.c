#include "clock.h"
#include "random.h"
#include <math.h>
static inline double cumulative(double d) { return 0.5 * (1.0 + erf(d / sqrt(2.0))); }
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 500000; int rounds = argc > 2 ? atoi(argv[2]) : 15;
  double *spot = malloc(n * 8), *strike = malloc(n * 8), *years = malloc(n * 8), *price = malloc(n * 8), *t = malloc(rounds * 8), check = 0;
  double rate = 0.03, vol = 0.3;
  for (long i = 0; i < n; i++) { spot[i] = 50 + 100 * uniform01(1, i); strike[i] = 50 + 100 * uniform01(2, i); years[i] = 0.1 + 2 * uniform01(3, i); }
  for (int r = 0; r < rounds; r++) {
    double t0 = now();
    #pragma omp parallel for
    for (long i = 0; i < n; i++) {
      double root = vol * sqrt(years[i]), d1 = (log(spot[i] / strike[i]) + (rate + 0.5 * vol * vol) * years[i]) / root;
      price[i] = spot[i] * cumulative(d1) - strike[i] * exp(-rate * years[i]) * cumulative(d1 - root);
    }
    t[r] = now() - t0;
  }
  for (long i = 0; i < n; i++) check += price[i];
  report(t, rounds, check);
}
