package org.pellang.runtime;

import java.util.List;
import org.pellang.runtime.progress.Endpoint;
import org.pellang.runtime.progress.Members;

/** The messages of parts of arrays and memory, and of objects: the second part of {@link Comm}. */
abstract sealed class PartSending extends PointToPoint permits CollectiveCalls {
    PartSending(Endpoint endpoint, Members members, int context) {
        super(endpoint, members, context);
    }

    private PartMessages parts() {
        return new PartMessages(this);
    }

    // ---- parts ----

    /** As {@link DoubleCalls#send(double[], int, int, int, int)}, of elements that need not lie together (MPI_Send). */
    public void send(Part part, int peer, int tag) {
        isend(part, peer, tag).await();
    }

    /** As {@link #send(Part, int, int)}, but never waits: copies what cannot be handed over at once (MPI_Bsend). */
    public void sendBuffered(Part part, int peer, int tag) {
        ibsend(part, peer, tag).await();
    }

    /** Synchronous send: returns when the matching receive has begun (MPI_Ssend). */
    public void ssend(Part part, int peer, int tag) {
        issend(part, peer, tag).await();
    }

    /** Ready send (MPI_Rsend): the receive has been posted already, says the caller; nothing breaks if it has not. */
    public void rsend(Part part, int peer, int tag) {
        send(part, peer, tag);
    }

    /** Starts to send elements that need not lie together (MPI_Isend), of any number; more than 64 MiB go in chunks, packed one after the other. */
    public Request isend(Part part, int peer, int tag) {
        return parts().start(this::isend, false, false, part, peer, tag);
    }

    /** Starts a buffered send (MPI_Ibsend): complete at once. */
    public Request ibsend(Part part, int peer, int tag) {
        return parts().start(this::ibsend, false, true, part, peer, tag);
    }

    /** Starts a synchronous send (MPI_Issend). */
    public Request issend(Part part, int peer, int tag) {
        return parts().start(this::issend, true, false, part, peer, tag);
    }

    /** Starts a ready send (MPI_Irsend), see {@link #rsend(Part, int, int)}. */
    public Request irsend(Part part, int peer, int tag) {
        return isend(part, peer, tag);
    }

    /** Receives at most as many elements as the part has, which may be any number (MPI_Recv): {@link Status#elements}. */
    public Status recv(Part part, int peer, int tag) {
        return parts().recv(part, peer, tag);
    }

    /**
     * Starts to receive at most as many elements as the part has (MPI_Irecv). What need not lie together is put in its place by {@link Request#await} or
     * {@link Request#test}, chunks of a longer message (more than 64 MiB) as they come.
     */
    public Request irecv(Part part, int peer, int tag) {
        return parts().irecv(part, peer, tag);
    }

    /** A send to be started later, any number of times (MPI_Send_init). */
    public PersistentRequest sendInit(Part part, int peer, int tag) {
        return new PersistentRequest(() -> isend(part, peer, tag));
    }

    /** A buffered send to be started later, any number of times (MPI_Bsend_init). */
    public PersistentRequest bsendInit(Part part, int peer, int tag) {
        return new PersistentRequest(() -> ibsend(part, peer, tag));
    }

    /** A synchronous send to be started later, any number of times (MPI_Ssend_init). */
    public PersistentRequest ssendInit(Part part, int peer, int tag) {
        return new PersistentRequest(() -> issend(part, peer, tag));
    }

    /** A ready send to be started later, any number of times (MPI_Rsend_init). */
    public PersistentRequest rsendInit(Part part, int peer, int tag) {
        return new PersistentRequest(() -> irsend(part, peer, tag));
    }

    /** A receive to be started later, any number of times (MPI_Recv_init). */
    public PersistentRequest recvInit(Part part, int peer, int tag) {
        return new PersistentRequest(() -> irecv(part, peer, tag));
    }

    /** Sends and receives parts at once, so that exchanges cannot deadlock (MPI_Sendrecv). */
    public Status sendRecv(Part out, int to, int sendTag, Part in, int from, int recvTag) {
        Request receiving = irecv(in, from, recvTag);
        isend(out, to, sendTag).await();
        return receiving.await();
    }

    /** Starts to send and to receive (MPI_Isendrecv); the status is that of the receive. */
    public Request isendRecv(Part out, int to, int sendTag, Part in, int from, int recvTag) {
        Request receive = irecv(in, from, recvTag);
        return new AllRequests(List.of(isend(out, to, sendTag), receive));
    }

    /** Sends and receives in the same place (MPI_Sendrecv_replace): what is sent is replaced by what comes. */
    public Status sendRecvReplace(Part part, int to, int sendTag, int from, int recvTag) {
        return sendRecv(PartMessages.copy(part), to, sendTag, part, from, recvTag);
    }

    // ---- objects ----

    /** Sends an object (MPI_Bsend of its bytes); never waits. */
    public <T> void sendObject(T value, Serializer<T> serializer, int peer, int tag) {
        sendBytes(serializer.write(value), peer, tag);
    }

    /** Receives an object of {@link #sendObject} (MPI_Mprobe, MPI_Mrecv). */
    public <T> T recvObject(Serializer<T> serializer, int peer, int tag) {
        return serializer.read(recvBytes(peer, tag));
    }
}
