package org.pellang.runtime.collective;

import org.pellang.runtime.memory.Kind;
import org.pellang.runtime.progress.Receive;
import org.pellang.runtime.progress.Sharing;

/** Broadcast among threads: the root opens its array to all others, who copy at once. */
final class PublishBroadcast {
    private PublishBroadcast() {}

    static void run(Call call, Object buf, int off, int len, int root) {
        if (call.rank != root) {
            Receive view = call.postView(root, buf, len);
            Object source = view.awaitView();
            Kind.copy(source, view.viewOffset(), buf, off, len);
            view.releaseView();
            return;
        }
        Sharing[] open = new Sharing[call.size];
        for (int k = 1; k < call.size; k++) {
            int peer = (root + k) % call.size;
            open[peer] = call.share(peer, buf, off, len);
        }
        for (int k = 1; k < call.size; k++) {
            open[(root + k) % call.size].await();
        }
    }
}
