/* How long a cache line takes from core 0 to core 1 and back, halved, in nanoseconds: smallest and median of 20 rounds. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TURNS 100000
#define ROUNDS 20

static _Alignas(64) atomic_int line;

static void bind(int core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  sched_setaffinity(0, sizeof set, &set);
}
static void *answer(void *unused) {
  bind(1);
  for (int i = 0; i < TURNS * ROUNDS; i++) {
    while (atomic_load_explicit(&line, memory_order_acquire) != 2 * i + 1) __builtin_ia32_pause();
    atomic_store_explicit(&line, 2 * i + 2, memory_order_release);
  }
  return unused;
}
static int compare(const void *a, const void *b) {
  double d = *(const double *)a - *(const double *)b;
  return d < 0 ? -1 : d > 0;
}
int main(void) {
  pthread_t other;
  double times[ROUNDS];
  bind(0);
  pthread_create(&other, NULL, answer, NULL);
  for (int round = 0, i = 0; round < ROUNDS; round++) {
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    for (int k = 0; k < TURNS; k++, i++) {
      atomic_store_explicit(&line, 2 * i + 1, memory_order_release);
      while (atomic_load_explicit(&line, memory_order_acquire) != 2 * i + 2) __builtin_ia32_pause();
    }
    clock_gettime(CLOCK_MONOTONIC, &b);
    times[round] = ((b.tv_sec - a.tv_sec) * 1e9 + (b.tv_nsec - a.tv_nsec)) / TURNS / 2;
  }
  pthread_join(other, NULL);
  qsort(times, ROUNDS, sizeof(double), compare);
  printf("%.1f %.1f\n", times[0], times[ROUNDS / 2]);
  return 0;
}
