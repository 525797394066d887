// Timing shared by the C kernels: prints the smallest and the median time of one round in seconds.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + 1e-9 * t.tv_nsec; }
static int ascending(const void *a, const void *b) { double x = *(const double *)a, y = *(const double *)b; return (x > y) - (x < y); }
static void report(double *t, int n, double check) {
  qsort(t, n, sizeof *t, ascending);
  printf("%.9f %.9f %.17g\n", t[0], t[n / 2], check);
}
