#include "clock.h"
int main(int argc, char **argv) {
  long n = argc > 1 ? atol(argv[1]) : 200000, width = 16; int rounds = argc > 2 ? atoi(argv[2]) : 30;
  int *column = malloc(n * width * sizeof *column);
  double *value = malloc(n * width * 8), *x = malloc(n * 8), *y = malloc(n * 8), *t = malloc(rounds * 8), check = 0;
  for (long i = 0; i < n; i++) {
    x[i] = 1.0 / (1 + i);
    for (long k = 0; k < width; k++) { column[i * width + k] = (i + (k * k * 7919 + 31 * k) % 20011) % n; value[i * width + k] = 1.0 / (1 + k); }
  }
  for (int r = 0; r < rounds; r++) {
    double t0 = now();
    #pragma omp parallel for
    for (long i = 0; i < n; i++) {
      double s = 0;
      for (long k = 0; k < width; k++) s += value[i * width + k] * x[column[i * width + k]];
      y[i] = s;
    }
    t[r] = now() - t0;
  }
  for (long i = 0; i < n; i++) check += y[i];
  report(t, rounds, check);
}
