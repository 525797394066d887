package org.pellang.runtime.bootstrap;

import org.pellang.runtime.checkpoint.Faults;
import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.transport.Board;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Sink;
import org.pellang.runtime.transport.Transport;

/** A transport that tells of every message before its first piece is sent. */
record FaultyTransport(Transport inner, Faults faults) implements Transport {
    @Override
    public int rank() {
        return inner.rank();
    }

    @Override
    public int size() {
        return inner.size();
    }

    @Override
    public Board board() {
        return inner.board();
    }

    @Override
    public boolean offer(int destination, int context, int tag, long guard, Kind kind, Object data, int offset, int count) {
        // Every message goes the same way, so that each is one event, whether or not there is room at once.
        return false;
    }

    @Override
    public boolean push(Outgoing message) {
        if (!message.announced) {
            message.announced = true;
            faults.event(inner.rank(), "message to rank " + message.destination);
        }
        return inner.push(message);
    }

    @Override
    public boolean lends(int destination) {
        return inner.lends(destination);
    }

    @Override
    public boolean flushed(int destination) {
        return inner.flushed(destination);
    }

    @Override
    public void show(Board.State state) {
        inner.show(state);
    }

    @Override
    public void ended() {
        inner.ended();
        faults.ended(inner.rank());
    }

    @Override
    public int poll(Sink sink) {
        return inner.poll(sink);
    }

    @Override
    public long returned(int destination) {
        return inner.returned(destination);
    }

    @Override
    public void giveBack(int source, long credit) {
        inner.giveBack(source, credit);
    }

    @Override
    public void publishPolled() {
        inner.publishPolled();
    }

    @Override
    public void beforePark() {
        inner.beforePark();
    }

    @Override
    public void park() {
        if (!faults.waits(inner.rank())) {
            inner.park();
        }
    }

    @Override
    public void afterPark() {
        inner.afterPark();
    }

    @Override
    public void wake(int rank) {
        inner.wake(rank);
    }
}
