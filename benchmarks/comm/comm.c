/* Times of MPI operations in C, in microseconds: one line "name minimum median" per operation.
   The same operations, in the same rounds, as org.pellang.benchmarks.CommSuite. Usage: comm [rounds [milliseconds per round [beginning of names]]] */
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW 64

static int rank, size, rounds = 10;
static double round_seconds = 5e-3;
static const char *only = "";
static double *data, *other;
static MPI_Request requests[WINDOW];

typedef void (*body)(int n);

/* As osu_latency: what is sent and what comes lie in buffers of their own. */
static void pingpong(int n) {
  if (rank == 0) {
    MPI_Send(data, n, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD);
    MPI_Recv(other, n, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  } else if (rank == 1) {
    MPI_Recv(other, n, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Send(data, n, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD);
  }
}
/* A window of messages to rank 1, which answers when it has all of them. */
static void stream(int n) {
  if (rank == 0) {
    for (int i = 0; i < WINDOW; i++) MPI_Isend(data, n, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD, &requests[i]);
    MPI_Waitall(WINDOW, requests, MPI_STATUSES_IGNORE);
    MPI_Recv(data, 1, MPI_DOUBLE, 1, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  } else if (rank == 1) {
    for (int i = 0; i < WINDOW; i++) MPI_Irecv(other, n, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD, &requests[i]);
    MPI_Waitall(WINDOW, requests, MPI_STATUSES_IGNORE);
    MPI_Send(data, 1, MPI_DOUBLE, 0, 1, MPI_COMM_WORLD);
  }
}
static void barrier(int n) { (void)n; MPI_Barrier(MPI_COMM_WORLD); }
static void bcast(int n) { MPI_Bcast(data, n, MPI_DOUBLE, 0, MPI_COMM_WORLD); }
static void reduce(int n) {
  MPI_Reduce(rank == 0 ? MPI_IN_PLACE : data, data, n, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD);
}
static void allreduce(int n) { MPI_Allreduce(MPI_IN_PLACE, data, n, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD); }
static void allgather(int n) { MPI_Allgather(data, n, MPI_DOUBLE, other, n, MPI_DOUBLE, MPI_COMM_WORLD); }
static void alltoall(int n) { MPI_Alltoall(data, n, MPI_DOUBLE, other, n, MPI_DOUBLE, MPI_COMM_WORLD); }
static void gather(int n) { MPI_Gather(data, n, MPI_DOUBLE, other, n, MPI_DOUBLE, 0, MPI_COMM_WORLD); }
static void scatter(int n) { MPI_Scatter(data, n, MPI_DOUBLE, other, n, MPI_DOUBLE, 0, MPI_COMM_WORLD); }
static void reducescatter(int n) { MPI_Reduce_scatter_block(data, other, n, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD); }
static void scan(int n) { MPI_Scan(MPI_IN_PLACE, data, n, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD); }
static void exscan(int n) { MPI_Exscan(MPI_IN_PLACE, data, n, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD); }
static void iallreduce(int n) {
  MPI_Iallreduce(MPI_IN_PLACE, data, n, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD, requests);
  MPI_Wait(requests, MPI_STATUS_IGNORE);
}
/* What a program does between two steps: neighbours, a sum, something to all. */
static void mixed(int n) {
  MPI_Sendrecv(data, n, MPI_DOUBLE, (rank + 1) % size, 0, other, n, MPI_DOUBLE, (rank + size - 1) % size, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  allreduce(1);
  bcast(n);
  MPI_Barrier(MPI_COMM_WORLD);
}

static int compare(const void *a, const void *b) {
  double d = *(const double *)a - *(const double *)b;
  return d < 0 ? -1 : d > 0;
}

static void measure(const char *name, int parts, body run, int n) {
  if (strncmp(name, only, strlen(only)) != 0) return;
  long repetitions = 1;
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

static void sizes(const char *name, body run, int most) {
  static const char *names[] = {"8", "1K", "64K", "1M"};
  static const int lengths[] = {1, 128, 8192, 1 << 17};
  char full[64];
  for (int i = 0; i < 4 && lengths[i] <= most; i++) {
    snprintf(full, sizeof full, "%s-%s", name, names[i]);
    measure(full, 1, run, lengths[i]);
  }
}

int main(int argc, char **argv) {
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  if (argc > 1) rounds = atoi(argv[1]);
  if (argc > 2) round_seconds = atof(argv[2]) * 1e-3;
  if (argc > 3) only = argv[3];
  size_t length = 8192 * (size_t)size > 1 << 19 ? 8192 * (size_t)size : 1 << 19;
  data = calloc(length, sizeof(double));
  other = calloc(length, sizeof(double));
  memset(data, 0, length * sizeof(double));
  memset(other, 0, length * sizeof(double));
  if (size == 2) {
    measure("pingpong-0", 2, pingpong, 0);
    measure("pingpong-8", 2, pingpong, 1);
    measure("pingpong-1K", 2, pingpong, 128);
    measure("pingpong-4K", 2, pingpong, 512);
    measure("pingpong-64K", 2, pingpong, 8192);
    measure("pingpong-1M", 2, pingpong, 1 << 17);
    measure("pingpong-4M", 2, pingpong, 1 << 19);
    measure("stream-8", WINDOW, stream, 1);
    measure("stream-64K", WINDOW, stream, 8192);
  }
  if (size <= 4) {
    measure("barrier", 1, barrier, 0);
    sizes("bcast", bcast, 1 << 17);
    sizes("reduce", reduce, 1 << 17);
    sizes("allreduce", allreduce, 1 << 17);
    sizes("allgather", allgather, 8192);
    sizes("alltoall", alltoall, 8192);
    sizes("gather", gather, 8192);
    sizes("scatter", scatter, 8192);
    sizes("reducescatter", reducescatter, 8192);
    sizes("scan", scan, 8192);
    sizes("exscan", exscan, 128);
    sizes("iallreduce", iallreduce, 128);
  }
  measure("mixed-1K", 1, mixed, 128);
  MPI_Finalize();
  return 0;
}
