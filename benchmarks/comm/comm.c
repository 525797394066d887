/* Times of MPI operations in C, in microseconds: one line "name minimum median" per operation.
   The same operations, in the same rounds, as org.pellang.benchmarks.PingPong. Usage: comm [rounds [milliseconds per round]] */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int rank, size, rounds = 10;
static double round_seconds = 5e-3;
static double *data, *other;

typedef void (*body)(int n);

static void pingpong(int n) {
  if (rank == 0) {
    MPI_Send(data, n, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD);
    MPI_Recv(data, n, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  } else if (rank == 1) {
    MPI_Recv(data, n, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Send(data, n, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD);
  }
}
static void barrier(int n) { (void)n; MPI_Barrier(MPI_COMM_WORLD); }
static void bcast(int n) { MPI_Bcast(data, n, MPI_DOUBLE, 0, MPI_COMM_WORLD); }
static void allreduce(int n) { MPI_Allreduce(MPI_IN_PLACE, data, n, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD); }
static void allgather(int n) { MPI_Allgather(data, n, MPI_DOUBLE, other, n, MPI_DOUBLE, MPI_COMM_WORLD); }
static void alltoall(int n) { MPI_Alltoall(data, n, MPI_DOUBLE, other, n, MPI_DOUBLE, MPI_COMM_WORLD); }

static int compare(const void *a, const void *b) {
  double d = *(const double *)a - *(const double *)b;
  return d < 0 ? -1 : d > 0;
}

static void measure(const char *name, int parts, body run, int n) {
  long repetitions = 4;
  for (double most = 0; most < round_seconds && repetitions < 1 << 20;) {
    repetitions *= 2;
    double start = MPI_Wtime();
    for (long i = 0; i < repetitions; i++) run(n);
    double elapsed = MPI_Wtime() - start;
    MPI_Allreduce(&elapsed, &most, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  }
  double *times = malloc(rounds * sizeof(double));
  for (int round = 0; round < rounds; round++) {
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    for (long i = 0; i < repetitions; i++) run(n);
    times[round] = (MPI_Wtime() - start) * 1e6 / repetitions / parts;
  }
  qsort(times, rounds, sizeof(double), compare);
  if (rank == 0) printf("%s %.4f %.4f\n", name, times[0], times[rounds / 2]);
  free(times);
}

int main(int argc, char **argv) {
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  if (argc > 1) rounds = atoi(argv[1]);
  if (argc > 2) round_seconds = atof(argv[2]) * 1e-3;
  data = calloc((1 << 17) * (size_t)size, sizeof(double));
  other = calloc((1 << 17) * (size_t)size, sizeof(double));
  if (size == 2) {
    measure("pingpong-8", 2, pingpong, 1);
    measure("pingpong-1K", 2, pingpong, 128);
    measure("pingpong-64K", 2, pingpong, 8192);
    measure("pingpong-1M", 2, pingpong, 1 << 17);
  }
  measure("barrier", 1, barrier, 0);
  measure("bcast-8", 1, bcast, 1);
  measure("bcast-64K", 1, bcast, 8192);
  measure("allreduce-8", 1, allreduce, 1);
  measure("allreduce-1K", 1, allreduce, 128);
  measure("allreduce-1M", 1, allreduce, 1 << 17);
  measure("allgather-1K", 1, allgather, 128);
  measure("alltoall-1K", 1, alltoall, 128);
  MPI_Finalize();
  return 0;
}
