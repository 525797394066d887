import java.util.Arrays;
import java.util.Locale;
import mpi.Comm;
import mpi.MPI;
import mpi.Request;

/** The operations of {@code comm.c} on MPJ Express: one line "name minimum median" per operation, in microseconds. */
public final class MpjSuite {
    private static final int WINDOW = 64;

    private static int rank;
    private static int size;
    private static int rounds = 10;
    private static double millis = 1;
    private static String only = "";

    private final double[] data;
    private final double[] other;
    private final Request[] requests = new Request[WINDOW];
    private final Comm comm = MPI.COMM_WORLD;

    private interface Body {
        void run(int n);
    }

    private MpjSuite(int length) {
        data = new double[length];
        other = new double[length];
    }

    public static void main(String[] args) {
        String[] rest = MPI.Init(args);
        rank = MPI.COMM_WORLD.Rank();
        size = MPI.COMM_WORLD.Size();
        if (rest.length > 0) rounds = Integer.parseInt(rest[0]);
        if (rest.length > 1) millis = Double.parseDouble(rest[1]);
        if (rest.length > 2) only = rest[2];
        new MpjSuite(Math.max(1 << 19, 8192 * size)).all();
        MPI.Finalize();
    }

    private void all() {
        if (size == 2) {
            measure("pingpong-0", 2, this::exchange, 0);
            measure("pingpong-8", 2, this::exchange, 1);
            measure("pingpong-1K", 2, this::exchange, 128);
            measure("pingpong-4K", 2, this::exchange, 512);
            measure("pingpong-64K", 2, this::exchange, 8192);
            measure("pingpong-1M", 2, this::exchange, 1 << 17);
            measure("pingpong-4M", 2, this::exchange, 1 << 19);
            measure("stream-8", WINDOW, this::stream, 1);
            measure("stream-64K", WINDOW, this::stream, 8192);
        }
        if (size <= 4) {
            measure("barrier", 1, n -> MPI.COMM_WORLD.Barrier(), 0);
            sizes("bcast", n -> MPI.COMM_WORLD.Bcast(data, 0, n, MPI.DOUBLE, 0), 1 << 17);
            sizes("reduce", n -> MPI.COMM_WORLD.Reduce(data, 0, other, 0, n, MPI.DOUBLE, MPI.SUM, 0), 1 << 17);
            sizes("allreduce", n -> MPI.COMM_WORLD.Allreduce(data, 0, other, 0, n, MPI.DOUBLE, MPI.SUM), 1 << 17);
            sizes("allgather", n -> MPI.COMM_WORLD.Allgather(data, 0, n, MPI.DOUBLE, other, 0, n, MPI.DOUBLE), 8192);
            sizes("alltoall", n -> MPI.COMM_WORLD.Alltoall(data, 0, n, MPI.DOUBLE, other, 0, n, MPI.DOUBLE), 8192);
            sizes("gather", n -> MPI.COMM_WORLD.Gather(data, 0, n, MPI.DOUBLE, other, 0, n, MPI.DOUBLE, 0), 8192);
            sizes("scatter", n -> MPI.COMM_WORLD.Scatter(data, 0, n, MPI.DOUBLE, other, 0, n, MPI.DOUBLE, 0), 8192);
            sizes("scan", n -> MPI.COMM_WORLD.Scan(data, 0, other, 0, n, MPI.DOUBLE, MPI.SUM), 8192);
        }
    }

    private void exchange(int n) {
        if (rank == 0) {
            comm.Send(data, 0, n, MPI.DOUBLE, 1, 0);
            comm.Recv(other, 0, n, MPI.DOUBLE, 1, 0);
        } else if (rank == 1) {
            comm.Recv(other, 0, n, MPI.DOUBLE, 0, 0);
            comm.Send(data, 0, n, MPI.DOUBLE, 0, 0);
        }
    }

    private void stream(int n) {
        if (rank == 0) {
            for (int i = 0; i < WINDOW; i++) requests[i] = comm.Isend(data, 0, n, MPI.DOUBLE, 1, 0);
            Request.Waitall(requests);
            comm.Recv(data, 0, 1, MPI.DOUBLE, 1, 1);
        } else if (rank == 1) {
            for (int i = 0; i < WINDOW; i++) requests[i] = comm.Irecv(other, 0, n, MPI.DOUBLE, 0, 0);
            Request.Waitall(requests);
            comm.Send(data, 0, 1, MPI.DOUBLE, 0, 1);
        }
    }

    private void sizes(String name, Body body, int most) {
        String[] names = {"8", "1K", "64K", "1M"};
        int[] lengths = {1, 128, 8192, 1 << 17};
        for (int i = 0; i < names.length && lengths[i] <= most; i++) measure(name + "-" + names[i], 1, body, lengths[i]);
    }

    private void measure(String name, int parts, Body body, int n) {
        if (!name.startsWith(only)) return;
        long count = 1;
        double[] mine = new double[1];
        double[] most = new double[1];
        double warm = 0;
        while (true) {
            long start = System.nanoTime();
            for (long i = 0; i < count; i++) body.run(n);
            mine[0] = (System.nanoTime() - start) / 1e6;
            MPI.COMM_WORLD.Allreduce(mine, 0, most, 0, 1, MPI.DOUBLE, MPI.MAX);
            warm += most[0];
            if (warm > 40 && most[0] >= millis) break;
            if (most[0] < millis) count *= 2;
        }
        double[] times = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            MPI.COMM_WORLD.Barrier();
            long start = System.nanoTime();
            for (long i = 0; i < count; i++) body.run(n);
            times[round] = (System.nanoTime() - start) / 1e3 / count / parts;
        }
        Arrays.sort(times);
        if (rank == 0) System.out.println(String.format(Locale.ROOT, "%s %.4f %.4f", name, times[0], times[rounds / 2]));
    }
}
