package org.pellang.runtime.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.pellang.runtime.Rank;
import org.pellang.runtime.array.ElemType;

/**
 * PEL's {@code map K -> V}: a hash map whose missing keys read as zero and which is walked in ascending order of its keys. A replicated map is whole on
 * every rank; a spread one ({@code dist hash}) has each key on the rank that its hash tells. The methods here work on this rank's part; those that need all
 * ranks are in {@code org.pellang.runtime.loop.Maps}.
 *
 * @param <K> the Java class of the keys
 * @param <V> the Java class of the values
 */
public final class PelMap<K, V> {
    private final HashMap<K, V> entries = new HashMap<>();
    private final @Nullable Spread<K, V> spread;

    /** How a map is spread. */
    private record Spread<K, V>(Rank rank, Codec<K> keys, Codec<V> values) {}

    /** An empty replicated map. */
    public PelMap() {
        spread = null;
    }

    private PelMap(@Nullable Spread<K, V> spread) {
        this.spread = spread;
    }

    /** An empty map that is spread over all ranks. */
    @SuppressWarnings("unchecked")
    public static <K, V> PelMap<K, V> spread(Rank rank, Codec<?> keys, Codec<?> values) {
        return new PelMap<>(new Spread<>(rank, (Codec<K>) keys, (Codec<V>) values));
    }

    /** Whether each rank holds a part only. */
    public boolean isSpread() {
        return spread != null;
    }

    /** The rank of a spread map. */
    public Rank rank() {
        return here().rank;
    }

    /** The codec of a spread map's keys. */
    public Codec<K> keyCodec() {
        return here().keys;
    }

    /** The codec of a spread map's values. */
    public Codec<V> valueCodec() {
        return here().values;
    }

    private Spread<K, V> here() {
        if (spread == null) {
            throw new IllegalStateException("a replicated map");
        }
        return spread;
    }

    /** The rank that holds a key among {@code ranks}. */
    public static int owner(Object key, int ranks) {
        return (int) Long.remainderUnsigned(Keys.hash(key), ranks);
    }

    /** Whether this rank holds the key, if the map has it: always for a replicated map. */
    public boolean owns(K key) {
        return spread == null || owner(key, spread.rank.size()) == spread.rank.rank();
    }

    /** The value of a key, {@code zero} if it is not there. */
    public V get(K key, V zero) {
        V value = entries.get(key);
        return value == null ? zero : value;
    }

    /** The value of a key, for changing what it refers to: {@code zero} is put in first if the key is not there. */
    public V at(K key, V zero) {
        V value = entries.putIfAbsent(key, zero);
        return value == null ? zero : value;
    }

    public void put(K key, V value) {
        entries.put(key, value);
    }

    /** Puts the value where it belongs: on the owner's rank; nothing happens on the others. */
    public void putOwned(K key, V value) {
        if (owns(key)) {
            entries.put(key, value);
        }
    }

    public boolean has(K key) {
        return entries.containsKey(key);
    }

    /** Takes a key out; nothing happens if it is not there. */
    public void remove(K key) {
        entries.remove(key);
    }

    /** Number of entries of this rank's part. */
    public long size() {
        return entries.size();
    }

    public void clear() {
        entries.clear();
    }

    /** The value of a key becomes {@code old op value}; {@code value} itself if the key is not there. */
    public void combine(K key, V value, BinaryOperator<V> op) {
        entries.merge(key, value, op);
    }

    /** All values of {@code right} combined into this map, this map's being the left operands; a missing key takes the other's value. */
    public PelMap<K, V> combineAll(PelMap<K, V> right, BinaryOperator<V> op) {
        right.entries.forEach((key, value) -> entries.merge(key, value, op));
        return this;
    }

    /** This rank's entries in ascending order of the keys, as they are now. */
    public List<Map.Entry<K, V>> sorted() {
        List<Map.Entry<K, V>> all = new ArrayList<>(entries.size());
        entries.forEach((key, value) -> all.add(Map.entry(key, value)));
        all.sort((a, b) -> Keys.compare(a.getKey(), b.getKey()));
        return all;
    }

    /** This rank's entries, in no order; changes show through. */
    public Map<K, V> asMap() {
        return entries;
    }

    /** A map with the same entries, spread likewise; lists, arrays and maps among the values are copied too. */
    public PelMap<K, V> copy() {
        PelMap<K, V> copy = new PelMap<>(spread);
        entries.forEach((key, value) -> copy.entries.put(key, ElemType.copyValue(value)));
        return copy;
    }

    /** An empty map that is spread likewise. */
    public PelMap<K, V> empty() {
        return new PelMap<>(spread);
    }

    /** Takes over the entries of {@code other}, which is spread likewise and may be this map. */
    public void assign(PelMap<K, V> other) {
        Map<K, V> copy = new HashMap<>(other.entries);
        entries.clear();
        entries.putAll(copy);
    }

    /** Whether this rank's parts have the same keys and equal values as PEL's {@code ==} compares them. */
    public boolean same(PelMap<?, ?> other) {
        if (entries.size() != other.entries.size()) {
            return false;
        }
        for (Map.Entry<K, V> e : entries.entrySet()) {
            Object value = other.entries.get(e.getKey());
            if (value == null || !PelList.same(e.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PelMap<?, ?> map && entries.equals(map.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
