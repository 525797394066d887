package org.pellang.runtime;

import org.pellang.runtime.progress.Matched;

/** A message that a matched probe has taken (MPI_Message): only this object can receive it, once. */
public final class Message implements DoubleAccess.OfMessage, LongAccess.OfMessage, IntAccess.OfMessage, FloatAccess.OfMessage,
        ShortAccess.OfMessage, ByteAccess.OfMessage, BooleanAccess.OfMessage {
    private final PointToPoint comm;
    private final Matched matched;

    Message(PointToPoint comm, Matched matched) {
        this.comm = comm;
        this.matched = matched;
    }

    /** Source, tag and number of elements (MPI_Status). */
    public Status status() {
        return comm.members.local(matched.status());
    }

    Status recv(Object buf, int off, int len) {
        return recv(Part.ofAny(buf, off, len));
    }

    /** Receives it (MPI_Mrecv). @throws CommException if it does not fit, or was received already */
    public Status recv(Part part) {
        return irecv(part).await();
    }

    /** Receives it as a request (MPI_Imrecv). @throws CommException as {@link #recv(Part)} */
    public Request irecv(Part part) {
        boolean array = part.isArray();
        PartReceive receive = new PartReceive(comm, part, comm.endpoint.receiveFirst(matched, part.kind(),
                array ? part.array() : null, array ? part.offset() : 0, array ? (int) part.count() : 0));
        receive.start();
        return receive;
    }

    /** Receives a payload of {@link Comm#sendBytes} (MPI_Mrecv). */
    public byte[] recvBytes() {
        byte[] bytes = new byte[Math.toIntExact(matched.status().elements())];
        recv(bytes, 0, bytes.length);
        return bytes;
    }

    /** Receives an object of {@link Comm#sendObject} (MPI_Mrecv). */
    public <T> T recvObject(Serializer<T> serializer) {
        return serializer.read(recvBytes());
    }
}
