#include "clock.h"
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 1000; int rounds = argc > 2 ? atoi(argv[2]) : 600; long w = n + 2;
  double *u = calloc(w * w, 8), *v = calloc(w * w, 8), *t = malloc(rounds * 8);
  for (long j = 0; j < w; j++) u[j] = v[j] = 1.0;
  for (int r = 0; r < rounds; r++) {
    double t0 = now();
    #pragma omp parallel for
    for (long i = 1; i <= n; i++)
      for (long j = 1; j <= n; j++)
        v[i * w + j] = 0.25 * (u[(i - 1) * w + j] + u[(i + 1) * w + j] + u[i * w + j - 1] + u[i * w + j + 1]);
    t[r] = now() - t0;
    double *x = u; u = v; v = x;
  }
  report(t, rounds, u[w + n / 2]);
}
