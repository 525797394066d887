/*
 * The functions that the runtime calls, with the standard binary interface of MPI-5 and MPICH behind them: handles are as wide as addresses and predefined ones have the
 * standard's numbers. So the third column of abi.tsv is tested where no library with that interface is installed.
 */
#include <stdint.h>

typedef intptr_t handle;

int PMPI_Init_thread(int *, char ***, int, int *);
int PMPI_Comm_rank(int, int *);
int PMPI_Comm_size(int, int *);
int PMPI_Comm_dup(int, int *);
int PMPI_Comm_set_errhandler(int, int);
int PMPI_Isend(const void *, int, int, int, int, int, int *);
int PMPI_Recv_init(void *, int, int, int, int, int, int *);
int PMPI_Start(int *);
int PMPI_Test(int *, int *, void *);
int PMPI_Wait(int *, void *);
int PMPI_Cancel(int *);
int PMPI_Request_free(int *);
int PMPI_Bcast(void *, int, int, int, int);
int PMPI_Allgather(const void *, int, int, void *, int, int, int);
int PMPI_Abort(int, int);
int PMPI_Finalize(void);
int PMPI_Error_string(int, char *, int *);

enum { THEIR_NULL = 0x2c000000, OUR_NULL = 0x180, IGNORE = 1 };

static int comm(handle c) { return c == 0x101 ? 0x44000000 : (int) c; }
static int type(handle t) { return t == 0x247 ? 0x4c00010d : -1; }
static int source(int s) { return s == -1 ? -2 : s; }
static int in(handle r) { return r == OUR_NULL ? THEIR_NULL : (int) r; }
static handle out(int r) { return r == THEIR_NULL ? OUR_NULL : (handle) (uint32_t) r; }

/* Levels of threads are 1024 apart; the standard has no status that is ignored but the null pointer. */
int MPI_Init_thread(int *argc, char ***argv, int wanted, int *got) {
    int code = PMPI_Init_thread(argc, argv, wanted / 1024, got);
    *got *= 1024;
    return code;
}
int MPI_Comm_rank(handle c, int *r) { return PMPI_Comm_rank(comm(c), r); }
int MPI_Comm_size(handle c, int *s) { return PMPI_Comm_size(comm(c), s); }
int MPI_Comm_dup(handle c, handle *copy) {
    int d = 0, code = PMPI_Comm_dup(comm(c), &d);
    *copy = (handle) (uint32_t) d;
    return code;
}
int MPI_Comm_set_errhandler(handle c, handle e) { return PMPI_Comm_set_errhandler(comm(c), e == 0x142 ? 0x54000001 : -1); }
int MPI_Isend(const void *b, int n, handle t, int to, int tag, handle c, handle *r) {
    int q = 0, code = PMPI_Isend(b, n, type(t), to, tag, comm(c), &q);
    *r = out(q);
    return code;
}
int MPI_Recv_init(void *b, int n, handle t, int from, int tag, handle c, handle *r) {
    int q = 0, code = PMPI_Recv_init(b, n, type(t), source(from), tag, comm(c), &q);
    *r = out(q);
    return code;
}
int MPI_Start(handle *r) {
    int q = in(*r), code = PMPI_Start(&q);
    *r = out(q);
    return code;
}
int MPI_Test(handle *r, int *flag, void *status) {
    int q = in(*r), code = status ? 1 : PMPI_Test(&q, flag, (void *) IGNORE);
    *r = out(q);
    return code;
}
int MPI_Wait(handle *r, void *status) {
    int q = in(*r), code = status ? 1 : PMPI_Wait(&q, (void *) IGNORE);
    *r = out(q);
    return code;
}
int MPI_Cancel(handle *r) {
    int q = in(*r);
    return PMPI_Cancel(&q);
}
int MPI_Request_free(handle *r) {
    int q = in(*r), code = PMPI_Request_free(&q);
    *r = out(q);
    return code;
}
int MPI_Bcast(void *b, int n, handle t, int root, handle c) { return PMPI_Bcast(b, n, type(t), root, comm(c)); }
int MPI_Allgather(const void *s, int n, handle t, void *r, int m, handle u, handle c) {
    return PMPI_Allgather(s, n, type(t), r, m, type(u), comm(c));
}
int MPI_Abort(handle c, int code) { return PMPI_Abort(comm(c), code); }
int MPI_Finalize(void) { return PMPI_Finalize(); }
int MPI_Error_string(int code, char *text, int *length) { return PMPI_Error_string(code, text, length); }
