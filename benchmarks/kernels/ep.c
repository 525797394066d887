#include "clock.h"
#include <math.h>
#include <stdint.h>
// NAS EP with 64-bit integers for the generator; m as for classes S (24), W (25), A (28)
static const uint64_t mult = 1220703125u, seed = 271828183u, mask = (1ull << 46) - 1;
static uint64_t jump(uint64_t s, uint64_t k) { for (uint64_t a = mult; k; k >>= 1, a = a * a & mask) if (k & 1) s = s * a & mask; return s; }
int main(int argc, char **argv) {
  int m = argc > 1 ? atoi(argv[1]) : 22, rounds = argc > 2 ? atoi(argv[2]) : 7;
  double *t = malloc(rounds * 8), sx = 0, sy = 0, r46 = 1.0 / (double)(1ull << 46); long q[10];
  for (int r = 0; r < rounds; r++) {
    double t0 = now(); sx = sy = 0; for (int l = 0; l < 10; l++) q[l] = 0;
    #pragma omp parallel for reduction(+ : sx, sy, q[:10])
    for (uint64_t batch = 0; batch < 1ull << (m - 16); batch++) {
      uint64_t s = jump(seed, batch << 17); double bx = 0, by = 0;
      for (int pair = 0; pair < 1 << 16; pair++) {
        s = s * mult & mask; double x = 2.0 * (r46 * s) - 1.0;
        s = s * mult & mask; double y = 2.0 * (r46 * s) - 1.0;
        double d = x * x + y * y;
        if (d <= 1.0) { double f = sqrt(-2.0 * log(d) / d), gx = x * f, gy = y * f; q[(int)fmax(fabs(gx), fabs(gy))]++; bx += gx; by += gy; }
      }
      sx += bx; sy += by;
    }
    t[r] = now() - t0;
  }
  report(t, rounds, sx + sy + q[0]);
}
