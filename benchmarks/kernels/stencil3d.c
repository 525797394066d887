#include "clock.h"
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 150; int rounds = argc > 2 ? atoi(argv[2]) : 40; long w = n + 2;
  double *u = calloc(w * w * w, 8), *v = calloc(w * w * w, 8), *t = malloc(rounds * 8);
  for (long j = 0; j < w * w; j++) u[j] = v[j] = 1.0;
  for (int r = 0; r < rounds; r++) {
    double t0 = now();
    #pragma omp parallel for
    for (long i = 1; i <= n; i++) for (long j = 1; j <= n; j++) for (long k = 1; k <= n; k++) {
      long p = (i * w + j) * w + k;
      v[p] = 0.4 * u[p] + 0.1 * (u[p - w * w] + u[p + w * w] + u[p - w] + u[p + w] + u[p - 1] + u[p + 1]);
    }
    t[r] = now() - t0;
    double *x = u; u = v; v = x;
  }
  report(t, rounds, u[(w + n / 2) * w + n / 2]);
}
