/* Relaxation on a square as relax.pel, by hand: rows dealt out in blocks, ghost rows by MPI_Sendrecv, and every so many passes the same state on the disk: both
 * arrays by MPI-IO, position, fsync, rename, the last two kept. relax POINTS PASSES EVERY FOLDER|none; it continues from what is in the folder. */
#include <dirent.h>
#include <fcntl.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int rank, ranks;
static long n, first, rows;
static double *u, *v;
static const char *folder;

static long cut(int r) { return n * r / ranks; }

static void both(char *path, const char *base, const char *name) { snprintf(path, 4096, "%s/%s/%s", folder, base, name); }

static void sync_path(const char *path) {
  int f = open(path, O_RDONLY);
  fsync(f);
  close(f);
}

static void array(const char *base, const char *name, double *a, int write) {
  char path[4096];
  both(path, base, name);
  MPI_File f;
  if (MPI_File_open(MPI_COMM_WORLD, path, write ? MPI_MODE_CREATE | MPI_MODE_WRONLY : MPI_MODE_RDONLY, MPI_INFO_NULL, &f)) MPI_Abort(MPI_COMM_WORLD, 3);
  if (write) {
    MPI_File_write_at_all(f, first * n * 8, a + n, (int)(rows * n), MPI_DOUBLE, MPI_STATUS_IGNORE);
    MPI_File_sync(f);
  } else {
    MPI_File_read_at_all(f, first * n * 8, a + n, (int)(rows * n), MPI_DOUBLE, MPI_STATUS_IGNORE);
  }
  MPI_File_close(&f);
}

static void drop(long pass) {
  char base[32], path[4096];
  snprintf(base, sizeof base, "ck-%08ld", pass);
  const char *names[] = {"u", "v", "pass"};
  for (int k = 0; k < 3; k++) {
    both(path, base, names[k]);
    unlink(path);
  }
  both(path, base, "");
  rmdir(path);
}

static void save(long pass) {
  static long kept[2] = {-1, -1};
  char tmp[4096], whole[4096], base[32];
  both(tmp, "tmp", "");
  if (rank == 0) mkdir(tmp, 0700);
  MPI_Barrier(MPI_COMM_WORLD);
  array("tmp", "u", u, 1);
  array("tmp", "v", v, 1);
  MPI_Barrier(MPI_COMM_WORLD);
  if (rank == 0) {
    both(whole, "tmp", "pass");
    FILE *f = fopen(whole, "w");
    fprintf(f, "%ld\n", pass);
    fflush(f);
    fsync(fileno(f));
    fclose(f);
    sync_path(tmp);
    snprintf(base, sizeof base, "ck-%08ld", pass);
    both(whole, base, "");
    tmp[strlen(tmp) - 1] = whole[strlen(whole) - 1] = 0;
    rename(tmp, whole);
    sync_path(folder);
    if (kept[0] >= 0) drop(kept[0]);
    kept[0] = kept[1];
    kept[1] = pass;
  }
}

static long resume(void) {
  char newest[300] = "";
  long pass = 0;
  if (rank == 0) {
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));)
      if (!strncmp(e->d_name, "ck-", 3) && strcmp(e->d_name, newest) > 0) snprintf(newest, sizeof newest, "%s", e->d_name);
    if (d) closedir(d);
    if (newest[0]) pass = atol(newest + 3);
  }
  MPI_Bcast(newest, sizeof newest, MPI_CHAR, 0, MPI_COMM_WORLD);
  MPI_Bcast(&pass, 1, MPI_LONG, 0, MPI_COMM_WORLD);
  if (newest[0]) {
    array(newest, "u", u, 0);
    array(newest, "v", v, 0);
  }
  return pass;
}

int main(int argc, char **argv) {
  MPI_Init(&argc, &argv);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  n = atol(argv[1]);
  long steps = atol(argv[2]), every = atol(argv[3]);
  folder = argv[4];
  int saves = strcmp(folder, "none") != 0;
  first = cut(rank);
  rows = cut(rank + 1) - first;
  u = malloc((rows + 2) * n * 8);
  v = malloc((rows + 2) * n * 8);
  for (long k = 0; k < (rows + 2) * n; k++) u[k] = v[k] = 1.0;
  if (saves && rank == 0) mkdir(folder, 0700);
  long begin = saves ? resume() : 0;
  int up = rank ? rank - 1 : MPI_PROC_NULL, down = rank < ranks - 1 ? rank + 1 : MPI_PROC_NULL;
  MPI_Barrier(MPI_COMM_WORLD);
  double start = MPI_Wtime();
  for (long t = begin + 1; t <= steps; t++) {
    if (saves && t > 1 && (t - 1) % every == 0 && t - 1 > begin) save(t - 1);
    MPI_Sendrecv(u + n, n, MPI_DOUBLE, up, 0, u + (rows + 1) * n, n, MPI_DOUBLE, down, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Sendrecv(u + rows * n, n, MPI_DOUBLE, down, 1, u, n, MPI_DOUBLE, up, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    for (long i = first ? 1 : 2; i <= rows - (first + rows == n); i++)
      for (long j = 1; j < n - 1; j++) v[i * n + j] = 0.25 * (u[(i - 1) * n + j] + u[(i + 1) * n + j] + u[i * n + j - 1] + u[i * n + j + 1]);
    double *w = u;
    u = v;
    v = w;
    if (rank == 0 && t % 20 == 0) {
      printf("pass %ld\n", t);
      fflush(stdout);
    }
  }
  double seconds = MPI_Wtime() - start, sum = 0, all;
  for (long k = n; k < (rows + 1) * n; k++) sum += u[k];
  MPI_Reduce(&sum, &all, 1, MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD);
  if (rank == 0) printf("%.6f %.3f\n", seconds, all);
  MPI_Finalize();
}
