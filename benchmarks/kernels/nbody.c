#include "clock.h"
#include "random.h"
#include <math.h>
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 2000; int rounds = argc > 2 ? atoi(argv[2]) : 9;
  double *x = malloc(n * 8), *y = malloc(n * 8), *z = malloc(n * 8), *m = malloc(n * 8);
  double *ax = malloc(n * 8), *ay = malloc(n * 8), *az = malloc(n * 8), *t = malloc(rounds * 8), check = 0;
  for (long i = 0; i < n; i++) { x[i] = uniform01(1, i); y[i] = uniform01(2, i); z[i] = uniform01(3, i); m[i] = 1.0 / n; }
  for (int r = 0; r < rounds; r++) {
    double t0 = now();
    #pragma omp parallel for
    for (long i = 0; i < n; i++) {
      double fx = 0, fy = 0, fz = 0;
      for (long j = 0; j < n; j++) {
        double dx = x[j] - x[i], dy = y[j] - y[i], dz = z[j] - z[i], d2 = dx * dx + dy * dy + dz * dz + 1e-4, w = m[j] / (d2 * sqrt(d2));
        fx += w * dx; fy += w * dy; fz += w * dz;
      }
      ax[i] = fx; ay[i] = fy; az[i] = fz;
    }
    t[r] = now() - t0;
  }
  for (long i = 0; i < n; i++) check += fabs(ax[i]) + fabs(ay[i]) + fabs(az[i]);
  report(t, rounds, check);
}
