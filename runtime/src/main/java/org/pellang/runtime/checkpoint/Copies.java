package org.pellang.runtime.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.ArrayImage;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;

/** A state in the memories of the ranks: each asks those who have what it needs. Any number of ranks may restore what any number has kept. */
final class Copies implements Source {
    private static final Site SITE = new Site("", 0, "copies");

    /** Bytes that one rank has. */
    private record Held(int holder, long at, long length) {}

    private final Rank rank;
    private final Manifest manifest;
    /** What this rank gives to others, by file and place. */
    private final Map<String, NavigableMap<Long, byte[]>> mine = new HashMap<>();
    private final Map<String, NavigableMap<Long, Held>> all = new HashMap<>();

    private Copies(Rank rank, Manifest manifest) {
        this.rank = rank;
        this.manifest = manifest;
    }

    /** Collective: the newest checkpoint of which every part is in some memory; null if there is none. */
    static @Nullable Copies newest(Rank rank, PartnerStore store) {
        Encoder have = new Encoder();
        List<PartnerStore.Part> parts = store.parts();
        parts.forEach(p -> have.putLong(p.id().number()).putString(p.id().nonce()).putLong(p.rank()).putLong(p.ranks()));
        byte[][] everybody = rank.world().allgatherBytes(SITE, have.toBytes());
        NavigableMap<PartnerStore.Id, Map<Integer, Integer>> holders = new TreeMap<>();
        Map<PartnerStore.Id, Integer> sizes = new HashMap<>();
        for (int r = 0; r < everybody.length; r++) {
            Decoder in = new Decoder(everybody[r]);
            while (in.remaining() > 0) {
                PartnerStore.Id id = new PartnerStore.Id(in.getLong(), in.getString());
                holders.computeIfAbsent(id, n -> new TreeMap<>()).putIfAbsent((int) in.getLong(), r);
                sizes.put(id, (int) in.getLong());
            }
        }
        for (Map.Entry<PartnerStore.Id, Map<Integer, Integer>> e : holders.descendingMap().entrySet()) {
            if (e.getValue().size() == sizes.getOrDefault(e.getKey(), -1)) {
                return of(rank, parts.stream().filter(p -> p.id().equals(e.getKey()) && e.getValue().getOrDefault(p.rank(), -1) == rank.rank()).toList());
            }
        }
        return null;
    }

    /** @param given the parts that this rank gives to all */
    private static @Nullable Copies of(Rank rank, List<PartnerStore.Part> given) {
        List<String> lines = new ArrayList<>();
        given.forEach(p -> lines.addAll(p.lines()));
        Encoder places = new Encoder();
        given.forEach(p -> p.pieces().forEach(q -> places.putString(q.file()).putLong(q.at()).putLong(q.bytes().length)));
        List<String> allLines = new ArrayList<>();
        for (byte[] bytes : rank.world().allgatherBytes(SITE, Partners.bytes(lines))) {
            allLines.addAll(List.of(new String(bytes, StandardCharsets.UTF_8).split("\n")));
        }
        Copies copies;
        try {
            copies = new Copies(rank, Manifest.parse(Manifest.seal(allLines)));
        } catch (Manifest.Damaged e) {
            return null;
        }
        given.forEach(p -> p.pieces().forEach(q -> copies.mine.computeIfAbsent(q.file(), f -> new TreeMap<>()).put(q.at(), q.bytes())));
        byte[][] everybody = rank.world().allgatherBytes(SITE, places.toBytes());
        for (int r = 0; r < everybody.length; r++) {
            Decoder in = new Decoder(everybody[r]);
            while (in.remaining() > 0) {
                String file = in.getString();
                long at = in.getLong();
                copies.all.computeIfAbsent(file, f -> new TreeMap<>()).put(at, new Held(r, at, in.getLong()));
            }
        }
        return copies;
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public void read(Manifest.Stored stored, PelArray array) throws IOException {
        NavigableMap<Long, Held> places = all.getOrDefault(stored.file(), new TreeMap<>());
        int n = rank.size();
        Encoder[] questions = new Encoder[n];
        Arrays.setAll(questions, k -> new Encoder().putString(stored.file()));
        // What is put into the array now is overwritten when the answers are here.
        ArrayImage.read(array, (bytes, at) -> each(places, at, bytes.length, (held, from, count) ->
                questions[held.holder].putLong(held.at).putLong(from).putLong(count)));
        byte[][] asked = rank.world().alltoallBytes(SITE, Arrays.stream(questions).map(Encoder::toBytes).toArray(byte[][]::new));
        byte[][] came = rank.world().alltoallBytes(SITE, Arrays.stream(asked).map(this::answer).toArray(byte[][]::new));
        int[] next = new int[n];
        ArrayImage.read(array, (bytes, at) -> {
            int[] filled = {0};
            each(places, at, bytes.length, (held, from, count) -> {
                System.arraycopy(came[held.holder], next[held.holder], bytes, filled[0], count);
                next[held.holder] += count;
                filled[0] += count;
            });
        });
    }

    @FunctionalInterface
    private interface Span {
        /** @param from of the holder's piece */
        void run(Held held, int from, int count);
    }

    private static void each(NavigableMap<Long, Held> places, long at, int length, Span action) throws IOException {
        for (long next = at; next < at + length;) {
            Map.Entry<Long, Held> entry = places.floorEntry(next);
            if (entry == null || entry.getValue().at + entry.getValue().length <= next) {
                throw new IOException("nobody has byte " + next);
            }
            Held held = entry.getValue();
            int count = (int) (Math.min(at + length, held.at + held.length) - next);
            action.run(held, (int) (next - held.at), count);
            next += count;
        }
    }

    private byte[] answer(byte[] question) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Decoder in = new Decoder(question);
        NavigableMap<Long, byte[]> file = mine.getOrDefault(in.getString(), new TreeMap<>());
        while (in.remaining() > 0) {
            byte[] piece = file.get(in.getLong());
            if (piece == null) {
                throw new IllegalStateException("what was promised is not there");
            }
            out.write(piece, (int) in.getLong(), (int) in.getLong());
        }
        return out.toByteArray();
    }
}
