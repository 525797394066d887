package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.value.Codec;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;
import org.pellang.runtime.value.PelMap;

/**
 * What the iterations of a divided loop change in a map from outside, {@code m[g(i)] op= x} and {@code m[k(i)] = x}: collected during the loop, brought to the
 * rank that the key's hash tells, applied there in global iteration order, so that float sums have the same bits on any number of ranks, and, if the map is
 * replicated, handed on to all. Updates whose order cannot be seen in the result (sums of ints, extremes) are combined on their rank first.
 *
 * @param <K> the Java class of the keys
 * @param <V> the Java class of the values
 */
public final class MapUpdates<K, V> {
    /** Changes of several kinds. */
    public interface Change<V> {
        /** The value after the change of kind {@code which} by {@code operand}. */
        V apply(int which, V old, Object operand);
    }

    private record Sent<K>(long iteration, int which, K key, Object operand) {}

    private final ParallelLoop loop;
    private final PelMap<K, V> map;
    private final Codec<K> keys;
    private final Codec<V> values;
    private final V zero;
    private final @Nullable BinaryOperator<V> op;
    private final @Nullable Change<V> change;
    private final Codec<?>[] operands;
    private final boolean unique;
    private final PelMap<K, V> sums = new PelMap<>();
    private final List<Sent<K>> sent = new ArrayList<>();
    /** What iterations read: all of the map, if they do. */
    private @Nullable PelMap<K, V> seen;
    /** What this iteration has stored: it may read that back. */
    private final Map<K, V> mine = new HashMap<>();
    private long iteration;

    private MapUpdates(ParallelLoop loop, PelMap<K, V> map, Codec<?> keys, Codec<?> values, V zero, @Nullable BinaryOperator<V> op,
            @Nullable Change<V> change, boolean unique, Codec<?>... operands) {
        this.loop = loop;
        this.map = map;
        this.keys = cast(keys);
        this.values = cast(values);
        this.zero = zero;
        this.op = op;
        this.change = change;
        this.unique = unique;
        this.operands = operands;
    }

    @SuppressWarnings("unchecked")
    private static <T> Codec<T> cast(Codec<?> codec) {
        return (Codec<T>) codec;
    }

    /** Updates with one exactly associative and commutative operator, through {@link #add}. */
    public static <K, V> MapUpdates<K, V> combined(ParallelLoop loop, PelMap<K, V> map, Codec<?> keys, Codec<?> values, V zero, BinaryOperator<V> op) {
        return new MapUpdates<>(loop, map, keys, values, zero, op, null, false);
    }

    /**
     * Changes of any kinds in the order of the iterations, through {@link #change}.
     *
     * @param zero value of a missing key
     * @param unique whether the program promises that no two iterations change one key; checked
     * @param operands codecs of the operands of each kind
     */
    public static <K, V> MapUpdates<K, V> changes(
            ParallelLoop loop, PelMap<K, V> map, Codec<?> keys, Codec<?> values, V zero, boolean unique, Change<V> change, Codec<?>... operands) {
        return new MapUpdates<>(loop, map, keys, values, zero, null, change, unique, operands);
    }

    /** To be called at the start of each iteration (unused axes 0). */
    public void iteration(long i, long j, long k) {
        iteration = loop.space().linear(i, j, k);
        mine.clear();
    }

    /** {@code m[key] op= value}. */
    public void add(K key, V value) {
        if (op == null) {
            throw new IllegalStateException("changes, not sums");
        }
        sums.combine(key, value, op);
    }

    /** A change of kind {@code which} of the value of a key. */
    public void change(int which, Object operand, K key) {
        if (change == null) {
            throw new IllegalStateException("sums, not changes");
        }
        sent.add(new Sent<>(iteration, which, key, operand));
        if (seen != null) {
            mine.put(key, change.apply(which, get(key, zero), operand));
        }
    }

    /** Iterations will read, too. Collective if the map is spread. */
    public MapUpdates<K, V> reading() {
        seen = Maps.replica(map, loop.site());
        return this;
    }

    /** The value of a key as this iteration sees it. */
    public V get(K key, V otherwise) {
        if (seen == null) {
            throw new IllegalStateException("the loop does not read the map");
        }
        V own = mine.get(key);
        return own == null ? seen.get(key, otherwise) : own;
    }

    /** Brings the changes into the map. Collective. */
    public void end() {
        int ranks = loop.rank().size();
        Encoder[] out = new Encoder[ranks];
        Arrays.setAll(out, r -> new Encoder());
        if (op != null) {
            sums.asMap().forEach((key, value) -> {
                Encoder to = out[PelMap.owner(key, ranks)];
                keys.write(to, key);
                values.write(to, value);
            });
        } else {
            sent.forEach(s -> write(s, out[PelMap.owner(s.key, ranks)]));
        }
        byte[][] leaving = new byte[ranks][];
        Arrays.setAll(leaving, r -> out[r].toBytes());
        byte[][] arrived = loop.alltoall("entries", leaving);
        Set<K> changed = op != null ? combine(arrived, op) : apply(arrived);
        if (!map.isSpread()) {
            handOn(changed);
        }
    }

    private void write(Sent<K> s, Encoder out) {
        out.putLong(s.iteration).putInt(s.which);
        keys.write(out, s.key);
        operands[s.which].boxed().write(out, s.operand);
    }

    private Set<K> combine(byte[][] arrived, BinaryOperator<V> with) {
        Set<K> changed = new HashSet<>();
        for (byte[] part : arrived) {
            Decoder in = new Decoder(part);
            while (in.remaining() > 0) {
                K key = keys.read(in);
                map.put(key, with.apply(map.get(key, zero), values.read(in)));
                changed.add(key);
            }
        }
        return changed;
    }

    private Set<K> apply(byte[][] arrived) {
        List<Sent<K>> all = new ArrayList<>();
        for (byte[] part : arrived) {
            Decoder in = new Decoder(part);
            while (in.remaining() > 0) {
                long at = in.getLong();
                int which = in.getInt();
                K key = keys.read(in);
                all.add(new Sent<>(at, which, key, operands[which].read(in)));
            }
        }
        // Stable: the changes of one iteration, all from one rank, stay in their order.
        all.sort(Comparator.comparingLong(Sent::iteration));
        Map<K, Long> writers = new HashMap<>();
        for (Sent<K> s : all) {
            Long before = writers.put(s.key, s.iteration);
            if (unique && before != null && before != s.iteration) {
                throw new PelTrap("two iterations write the key " + s.key + ": it is not unique");
            }
            map.put(s.key, applied(s));
        }
        return writers.keySet();
    }

    private V applied(Sent<K> s) {
        if (change == null) {
            throw new IllegalStateException("sums, not changes");
        }
        return change.apply(s.which, map.get(s.key, zero), s.operand);
    }

    private void handOn(Set<K> changed) {
        Encoder out = new Encoder();
        for (K key : changed) {
            keys.write(out, key);
            values.write(out, map.get(key, zero));
        }
        for (byte[] part : loop.allgather("entries", out.toBytes())) {
            Decoder in = new Decoder(part);
            while (in.remaining() > 0) {
                K key = keys.read(in);
                map.put(key, values.read(in));
            }
        }
    }
}
