package org.pellang.runtime;

import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Matched;
import org.pellang.runtime.progress.Members;

/** A message that a matched probe has taken (MPI_Message): only this object can receive it, once. */
public final class Message implements DoubleAccess.OfMessage, LongAccess.OfMessage, IntAccess.OfMessage, FloatAccess.OfMessage,
        ShortAccess.OfMessage, ByteAccess.OfMessage, BooleanAccess.OfMessage {
    private final Endpoint endpoint;
    private final Members members;
    private final Matched matched;

    Message(Endpoint endpoint, Members members, Matched matched) {
        this.endpoint = endpoint;
        this.members = members;
        this.matched = matched;
    }

    /** Source, tag and number of elements (MPI_Status). */
    public Status status() {
        return members.local(matched.status());
    }

    Status recv(Object buf, int off, int len) {
        return members.local(endpoint.receive(matched, buf, off, len));
    }

    /** Receives it (MPI_Mrecv). @throws CommException if it does not fit, was received already, or is but the first of several that make 1 GiB */
    public Status recv(Part part) {
        if (part.isArray()) {
            return recv(part.array(), part.offset(), (int) part.count());
        }
        if (matched.status().count() >= PartMessages.CHUNK_BYTES / part.kind().bytes()) {
            throw new CommException("a message of 1 GiB or more is received by recv of the communicator");
        }
        Object packed = part.kind().allocate((int) Math.min(part.count(), matched.status().count()));
        Status status = recv(packed, 0, (int) Math.min(part.count(), matched.status().count()));
        part.unpack(0, status.count(), packed, 0);
        return status;
    }

    /** Receives it as a request (MPI_Imrecv): the message is here, so it is complete at once. @throws CommException as {@link #recv(Part)} */
    public Request irecv(Part part) {
        return new Finished(recv(part));
    }

    /** Receives a payload of {@link Comm#sendBytes} (MPI_Mrecv). */
    public byte[] recvBytes() {
        byte[] bytes = new byte[matched.status().count()];
        recv(bytes, 0, bytes.length);
        return bytes;
    }

    /** Receives an object of {@link Comm#sendObject} (MPI_Mrecv). */
    public <T> T recvObject(Serializer<T> serializer) {
        return serializer.read(recvBytes());
    }
}
