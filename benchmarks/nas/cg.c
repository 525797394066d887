/* NAS CG, class A, in C: what examples/31-nas-cg does, for comparison. Prints million operations per second, and zeta. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + 1e-9 * t.tv_nsec; }
enum { NONZERO = 11, OUTER = 15, INNER = 25, N = 14000 };
static const double SHIFT = 20.0, RCOND = 0.1;
static long state = 314159265;
static double next(void) {
  state = (long)((unsigned long)state * 1220703125UL & ((1UL << 46) - 1));
  return (double)state / (double)(1L << 46);
}
static int position[N][NONZERO + 1], count[N], *start, *column, users[N + 1], *user;
static double element[N][NONZERO + 1], *value, x[N], z[N], p[N], q[N], r[N];

static void vectors(void) {
  int power = 1;
  while (power < N) power *= 2;
  next();
  for (int i = 0; i < N; i++) {
    int k = 0;
    while (k < NONZERO) {
      double v = next();
      int at = (int)(power * next()), seen = at >= N;
      for (int l = 0; l < k && !seen; l++) seen = position[i][l] == at;
      if (!seen) { position[i][k] = at; element[i][k++] = v; }
    }
    int own = k;
    for (int l = 0; l < k; l++) if (position[i][l] == i) own = l;
    position[i][own] = i; element[i][own] = 0.5;
    count[i] = own == k ? k + 1 : k;
    for (int l = 0; l < count[i]; l++) users[position[i][l] + 1]++;
  }
  for (int i = 0; i < N; i++) users[i + 1] += users[i];
  user = malloc(users[N] * sizeof *user);
  int *fill = malloc(N * sizeof *fill);
  memcpy(fill, users, N * sizeof *fill);
  for (int i = 0; i < N; i++) for (int l = 0; l < count[i]; l++) user[fill[position[i][l]]++] = i;
  free(fill);
}

static void row(int to, double *w) {
  memset(w, 0, N * sizeof *w);
  for (int u = users[to]; u < users[to + 1]; u++) {
    int i = user[u];
    double here = 0.0;
    for (int l = 0; l < count[i]; l++) if (position[i][l] == to) here = element[i][l];
    double scale = pow(RCOND, (double)i / N) * here;
    for (int l = 0; l < count[i]; l++) w[position[i][l]] += scale * element[i][l];
  }
  w[to] += RCOND - SHIFT;
}

static void matrix(void) {
  double *w = malloc(N * sizeof *w);
  long size = 0;
  start = malloc((N + 1) * sizeof *start);
  for (int pass = 0; pass < 2; pass++) {
    if (pass == 1) { column = malloc(size * sizeof *column); value = malloc(size * sizeof *value); }
    size = 0;
    for (int i = 0; i < N; i++) {
      start[i] = (int)size;
      row(i, w);
      for (int c = 0; c < N; c++) if (w[c] != 0.0) {
        if (pass == 1) { column[size] = c; value[size] = w[c]; }
        size++;
      }
    }
    start[N] = (int)size;
  }
  free(w);
}

static double dot(const double *a, const double *b) {
  double s = 0.0;
  for (int i = 0; i < N; i++) s += a[i] * b[i];
  return s;
}
static void multiply(double *restrict to, const double *restrict from) {
  for (int i = 0; i < N; i++) {
    double s = 0.0;
    for (int k = start[i]; k < start[i + 1]; k++) s += value[k] * from[column[k]];
    to[i] = s;
  }
}
static void solve(void) {
  for (int i = 0; i < N; i++) { z[i] = 0.0; r[i] = p[i] = x[i]; }
  double rho = dot(r, r);
  for (int k = 0; k < INNER; k++) {
    multiply(q, p);
    double alpha = rho / dot(p, q), before = rho;
    for (int i = 0; i < N; i++) { z[i] += alpha * p[i]; r[i] -= alpha * q[i]; }
    rho = dot(r, r);
    double beta = rho / before;
    for (int i = 0; i < N; i++) p[i] = r[i] + beta * p[i];
  }
  multiply(q, z);
}
int main(void) {
  vectors();
  matrix();
  for (int i = 0; i < N; i++) x[i] = 1.0;
  solve();
  double t0 = now(), zeta = 0.0;
  for (int k = 0; k < OUTER; k++) {
    solve();
    zeta = SHIFT + 1.0 / dot(x, z);
    double norm = 1.0 / sqrt(dot(z, z));
    for (int i = 0; i < N; i++) x[i] = norm * z[i];
  }
  double seconds = now() - t0;
  printf("%.2f %.12f\n", 2.0 * OUTER * INNER * start[N] / seconds / 1e6, zeta);
  return fabs(zeta / 17.130235054029 - 1.0) > 1e-10;
}
