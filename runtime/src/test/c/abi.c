/* Prints what mpi.h says about everything in abi.tsv: name, tab, value; handles that are addresses of the library's data as &symbol. */
#include <mpi.h>
#include <stdio.h>

static void number(const char *name, long value) { printf("%s\t%ld\n", name, value); }

static void handle(const char *name, unsigned long value, const char *symbol, const void *address) {
    if (symbol && value == (unsigned long) address) {
        printf("%s\t&%s\n", name, symbol);
    } else {
        printf("%s\t0x%lx\n", name, value);
    }
}

#ifdef OPEN_MPI
#define HANDLE(name, symbol) handle(#name, (unsigned long) (name), #symbol, &symbol)
#else
#define HANDLE(name, symbol) handle(#name, (unsigned long) (unsigned) (name), NULL, NULL)
#endif

int main(void) {
    number("handle.bytes", sizeof(MPI_Request));
    HANDLE(MPI_COMM_WORLD, ompi_mpi_comm_world);
    HANDLE(MPI_BYTE, ompi_mpi_byte);
    HANDLE(MPI_REQUEST_NULL, ompi_request_null);
    HANDLE(MPI_ERRORS_RETURN, ompi_mpi_errors_return);
    number("MPI_STATUS_IGNORE", (long) MPI_STATUS_IGNORE);
    number("MPI_ANY_SOURCE", MPI_ANY_SOURCE);
    number("MPI_THREAD_SERIALIZED", MPI_THREAD_SERIALIZED);
    number("MPI_MAX_LIBRARY_VERSION_STRING", MPI_MAX_LIBRARY_VERSION_STRING);
    number("MPI_MAX_ERROR_STRING", MPI_MAX_ERROR_STRING);
    return sizeof(MPI_Comm) != sizeof(MPI_Request) || sizeof(MPI_Datatype) != sizeof(MPI_Request);
}
