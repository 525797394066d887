package org.pellang.runtime;

/** What takes {@code short[]} besides communicators and windows. Offsets and lengths count elements. */
public final class ShortAccess {
    private ShortAccess() {}

    /** A message that a probe has taken. All throw {@link CommException} if it does not fit, or was received already. */
    public sealed interface OfMessage permits Message {
        /** As {@link #recv(short[], int, int)}, into the whole array (MPI_Mrecv). */
        default Status recv(short[] buf) {
            return recv(buf, 0, buf.length);
        }

        /** Receives it (MPI_Mrecv). */
        default Status recv(short[] buf, int off, int len) {
            return ((Message) this).recv((Object) buf, off, len);
        }

        /** Receives it as a request (MPI_Imrecv): the message is here, so it is complete at once. */
        default Request irecv(short[] buf, int off, int len) {
            return new Finished(recv(buf, off, len));
        }
    }

    /** A file of all ranks; elements lie in it in native byte order. All throw {@link CommException} for what the system refuses. */
    public sealed interface OfFile permits SharedFile {
        /** As {@link SharedFile#writeBox(long, long[], long[], long[], Part)}, of an array (MPI_File_write_all). */
        default void writeBox(long base, long[] shape, long[] start, long[] extents, short[] buf, int off, int len) {
            ((SharedFile) this).writeBox(base, shape, start, extents, Part.of(buf, off, len));
        }

        /** As {@link SharedFile#readBox(long, long[], long[], long[], Part)}, into an array (MPI_File_read_all). */
        default void readBox(long base, long[] shape, long[] start, long[] extents, short[] buf, int off, int len) {
            ((SharedFile) this).readBox(base, shape, start, extents, Part.of(buf, off, len));
        }

        /** Writes elements one after the other from byte {@code at} on (MPI_File_write_at). Not collective. */
        default void write(long at, short[] buf, int off, int len) {
            ((SharedFile) this).write(at, Part.of(buf, off, len));
        }

        /** Reads elements from byte {@code at} on (MPI_File_read_at). Not collective. */
        default void read(long at, short[] buf, int off, int len) {
            ((SharedFile) this).read(at, Part.of(buf, off, len));
        }
    }

    /** Memory that all ranks of a machine share, as elements in native byte order. */
    public sealed interface OfMemory permits SharedMemory {
        /** Copies elements to a rank's memory, from its element {@code at} on (MPI_Put). @throws IndexOutOfBoundsException if there is no room */
        default void put(short[] buf, int off, int len, int rank, long at) {
            ((SharedMemory) this).put(Part.of(buf, off, len), rank, at);
        }

        /** Copies elements of a rank's memory, from its element {@code at} on (MPI_Get). @throws IndexOutOfBoundsException if there are none */
        default void get(short[] buf, int off, int len, int rank, long at) {
            ((SharedMemory) this).get(Part.of(buf, off, len), rank, at);
        }
    }
}
