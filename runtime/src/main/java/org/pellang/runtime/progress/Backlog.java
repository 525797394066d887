package org.pellang.runtime.progress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.transport.Outgoing;
import org.pellang.runtime.transport.Transport;

/** Messages that found no room in the transport, in order per destination. Without credit only their headers go on. */
final class Backlog {
    private final Transport transport;
    private final Rendezvous rendezvous;
    private final List<ArrayDeque<Outgoing>> queues = new ArrayList<>();
    private int waiting;

    Backlog(Transport transport, Rendezvous rendezvous) {
        this.transport = transport;
        this.rendezvous = rendezvous;
        for (int r = 0; r < transport.size(); r++) {
            queues.add(new ArrayDeque<>());
        }
    }

    boolean isEmpty() {
        return waiting == 0;
    }

    /** Whether a message to that rank may go straight to the transport. */
    boolean isEmpty(int destination) {
        return waiting == 0 || queues.get(destination).isEmpty();
    }

    /** Hands a message to the transport; what finds no room waits here. */
    void push(Outgoing message) {
        if (isEmpty(message.destination)) {
            Outgoing next = rendezvous.admit(message);
            transport.push(next);
            if (!next.accepted) {
                queue(next);
            }
        } else {
            queue(message);
        }
    }

    private void queue(Outgoing message) {
        queues.get(message.destination).add(message);
        waiting++;
    }

    private Outgoing admitted(ArrayDeque<Outgoing> queue, Outgoing head) {
        Outgoing next = rendezvous.admit(head);
        if (next != head) {
            queue.remove();
            queue.addFirst(next);
        }
        return next;
    }

    /** Tries again; returns 0 if nothing moved. */
    int advance() {
        int moved = 0;
        for (ArrayDeque<Outgoing> queue : queues) {
            for (Outgoing head = queue.peek(); head != null; head = queue.peek()) {
                Outgoing message = head.admitted ? head : admitted(queue, head);
                moved += transport.push(message) ? 1 : 0;
                if (!message.accepted) {
                    break;
                }
                queue.remove();
                waiting--;
            }
        }
        return moved;
    }
}
