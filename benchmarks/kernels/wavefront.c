#include "clock.h"
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 1500; int rounds = argc > 2 ? atoi(argv[2]) : 30;
  double *g = calloc(n * n, 8), *t = malloc(rounds * 8);
  for (long i = 0; i < n; i++) { g[i] = i; g[i * n] = i; }
  for (int r = 0; r < rounds; r++) {
    double t0 = now();
    for (long i = 1; i < n; i++)
      for (long j = 1; j < n; j++)
        g[i * n + j] = g[(i - 1) * n + j] + g[i * n + j - 1] - g[(i - 1) * n + j - 1];
    t[r] = now() - t0;
    g[0] = -g[n * n - 1];
  }
  report(t, rounds, g[n * n - 1]);
}
