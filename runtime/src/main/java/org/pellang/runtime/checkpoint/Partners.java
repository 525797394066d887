package org.pellang.runtime.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Rank;
import org.pellang.runtime.progress.Receive;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/**
 * The second copy of a state: each rank keeps its part in memory and gives a copy to its partner, a rank of another JVM and of another host if there is one. While the copies
 * travel the ones of the checkpoint before are kept.
 */
final class Partners {
    private static final int TAG = 0;
    /** A longer part of one rank would not fit into the messages of a restoration. */
    static final long MOST_BYTES = 1L << 30;

    private final Comm comm;
    private final PartnerStore store;
    private final int shift;

    /** Collective. */
    Partners(Rank rank, PartnerStore store, int shift) {
        this.comm = rank.world().dup();
        this.store = store;
        this.shift = shift;
    }

    /** Collective: keeps this part and the partner's. */
    void keep(PartnerStore.Part mine) {
        store.put(mine);
        int n = comm.size();
        int to = (comm.rank() + shift) % n;
        int from = (comm.rank() - shift % n + n) % n;
        if (to != comm.rank()) {
            store.put(exchange(mine, to, from));
        }
        comm.barrier(Saver.SITE);
        store.forgetOthers(mine.id());
    }

    private PartnerStore.Part exchange(PartnerStore.Part mine, int to, int from) {
        Receive head = comm.irecvBytes(from, TAG);
        comm.sendBytes(head(mine), to, TAG);
        Decoder in = new Decoder((byte[]) head.awaitArray());
        PartnerStore.Id id = new PartnerStore.Id(in.getLong(), in.getString());
        int rank = (int) in.getLong();
        int ranks = (int) in.getLong();
        List<String> lines = List.of(in.getString().split("\n"));
        List<PartnerStore.Piece> pieces = new ArrayList<>();
        int theirs = (int) in.getLong();
        for (int k = 0; k < Math.max(theirs, mine.pieces().size()); k++) {
            Receive piece = k < theirs ? comm.irecvBytes(from, TAG) : null;
            if (k < mine.pieces().size()) {
                comm.sendBytes(mine.pieces().get(k).bytes(), to, TAG);
            }
            if (piece != null) {
                pieces.add(new PartnerStore.Piece(in.getString(), in.getLong(), (byte[]) piece.awaitArray()));
            }
        }
        return new PartnerStore.Part(id, rank, ranks, lines, pieces);
    }

    private static byte[] head(PartnerStore.Part part) {
        Encoder out = new Encoder();
        out.putLong(part.id().number()).putString(part.id().nonce()).putLong(part.rank()).putLong(part.ranks()).putString(String.join("\n", part.lines()));
        out.putLong(part.pieces().size());
        part.pieces().forEach(p -> out.putString(p.file()).putLong(p.at()));
        return out.toBytes();
    }

    /** This rank's part of a state whose arrays have been copied. */
    static PartnerStore.Part part(PartWriter.Plan plan, List<Frame> frames, List<String> facts, int rank, int ranks) {
        List<String> lines = new ArrayList<>(rank == 0 ? facts : List.of());
        List<PartnerStore.Piece> pieces = new ArrayList<>();
        for (int k = 0; k < frames.size(); k++) {
            Frame frame = frames.get(k);
            lines.addAll(plan.lines(k, frame, rank));
            for (Map.Entry<String, ArrayPart> array : frame.arrays().entrySet()) {
                ArrayPart part = array.getValue();
                if (!plan.writes(k, array.getKey(), part, rank)) {
                    continue;
                }
                String file = plan.file(k, frames.size(), array.getKey(), part, rank);
                if (plan.first(k, array.getKey(), part, rank)) {
                    lines.add(plan.arrayLine(k, frames.size(), array.getKey(), part, rank));
                }
                try {
                    part.each((bytes, at) -> pieces.add(new PartnerStore.Piece(file, at, bytes)));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return new PartnerStore.Part(new PartnerStore.Id(plan.number(), plan.nonce()), rank, ranks, lines, pieces);
    }

    /** The lines of all parts as bytes. */
    static byte[] bytes(List<String> lines) {
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }
}
