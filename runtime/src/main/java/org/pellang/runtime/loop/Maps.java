package org.pellang.runtime.loop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.pellang.runtime.Op;
import org.pellang.runtime.PelTrap;
import org.pellang.runtime.Rank;
import org.pellang.runtime.Site;
import org.pellang.runtime.array.Domain;
import org.pellang.runtime.array.ElemType;
import org.pellang.runtime.array.PelArray;
import org.pellang.runtime.value.Decoder;
import org.pellang.runtime.value.Encoder;
import org.pellang.runtime.value.Fn;
import org.pellang.runtime.value.Keys;
import org.pellang.runtime.value.PelList;
import org.pellang.runtime.value.PelMap;
import org.pellang.runtime.value.RecordShape;

/** What needs all ranks if a map is spread over them; on a replicated map the same without communication. */
public final class Maps {
    private Maps() {}

    /** The value of a key, {@code zero} if it is not there; the owner of the key broadcasts it. Collective. */
    public static <K, V> V get(PelMap<K, V> map, Site site, K key, V zero) {
        if (!map.isSpread()) {
            return map.get(key, zero);
        }
        Rank rank = map.rank();
        return ValueCollectives.bcast(rank, site, map.valueCodec(), map.get(key, zero), PelMap.owner(key, rank.size()));
    }

    /** Whether any rank has the key. Collective. */
    public static <K> boolean has(PelMap<K, ?> map, Site site, K key) {
        boolean here = map.has(key);
        return map.isSpread() ? map.rank().world().allreduce(site, here, Op.OR) : here;
    }

    /** Number of entries on all ranks. Collective. */
    public static long size(PelMap<?, ?> map, Site site) {
        return map.isSpread() ? map.rank().world().allreduce(site, map.size(), Op.SUM) : map.size();
    }

    /** A replicated map with all entries; a replicated map itself. Collective. */
    public static <K, V> PelMap<K, V> replica(PelMap<K, V> map, Site site) {
        if (!map.isSpread()) {
            return map;
        }
        PelMap<K, V> all = new PelMap<>();
        for (byte[] part : map.rank().world().allgatherBytes(site, encoded(map, map.asMap().entrySet()))) {
            Decoder in = new Decoder(part);
            while (in.remaining() > 0) {
                K key = map.keyCodec().read(in);
                all.put(key, map.valueCodec().read(in));
            }
        }
        return all;
    }

    private static <K, V> byte[] encoded(PelMap<K, V> map, Iterable<Map.Entry<K, V>> entries) {
        Encoder out = new Encoder();
        for (Map.Entry<K, V> e : entries) {
            map.keyCodec().write(out, e.getKey());
            map.valueCodec().write(out, e.getValue());
        }
        return out.toBytes();
    }

    /** The entries of {@code all}, which every rank has, in {@code empty}, spread or not. */
    public static <K, V> PelMap<K, V> spread(PelMap<K, V> all, PelMap<K, V> empty) {
        all.copy().asMap().forEach(empty::putOwned);
        return empty;
    }

    /** The same entries on all ranks as PEL's {@code ==} compares them; both maps are spread, or both are not. Collective if they are. */
    public static boolean same(PelMap<?, ?> a, Site site, PelMap<?, ?> b) {
        boolean here = a.same(b);
        return a.isSpread() ? a.rank().world().allreduce(site, here, Op.AND) : here;
    }

    /** The map of an array of pairs; of pairs with one key the last counts. */
    public static <K, V> PelMap<K, V> of(PelArray pairs, PelMap<K, V> empty) {
        Domain d = pairs.domain();
        for (long i = d.lo(0); i <= d.hi(0); i += d.step(0)) {
            put(pairs.get(pairs.at(i)), empty);
        }
        return empty;
    }

    /** The map of a list of pairs. */
    public static <K, V> PelMap<K, V> of(PelList<? extends Record> pairs, PelMap<K, V> empty) {
        pairs.forEach(pair -> put(pair, empty));
        return empty;
    }

    @SuppressWarnings("unchecked")
    private static <K, V> void put(Object pair, PelMap<K, V> map) {
        RecordShape shape = RecordShape.of(((Record) pair).getClass());
        map.putOwned((K) shape.component(pair, 0), (V) ElemType.copyValue(shape.component(pair, 1)));
    }

    /** All entries in ascending order of the keys as an array of pairs. {@code pair} makes one of a boxed key and value. Collective if spread. */
    public static <K, V> PelArray entries(PelMap<K, V> map, Site site, ElemType type, Fn pair) {
        return array(replica(map, site).sorted(), type, pair);
    }

    private static <K, V> PelArray array(List<Map.Entry<K, V>> entries, ElemType type, Fn pair) {
        Object[] pairs = entries.stream().map(e -> pair.apply(e.getKey(), ElemType.copyValue(e.getValue()))).toArray();
        return PelArray.ofObjects(type, pairs);
    }

    /** The {@code count} entries with the largest values (all if there are fewer): values descending, keys ascending. Collective if spread. */
    public static <K, V> PelArray top(PelMap<K, V> map, Site site, long count, ElemType type, Fn pair) {
        if (count < 0) {
            throw new PelTrap("top of " + count + " entries");
        }
        List<Map.Entry<K, V>> best = best(map.asMap().entrySet(), count);
        if (map.isSpread()) {
            List<Map.Entry<K, V>> all = new ArrayList<>();
            for (byte[] part : map.rank().world().allgatherBytes(site, encoded(map, best))) {
                Decoder in = new Decoder(part);
                while (in.remaining() > 0) {
                    K key = map.keyCodec().read(in);
                    all.add(Map.entry(key, map.valueCodec().read(in)));
                }
            }
            best = best(all, count);
        }
        return array(best, type, pair);
    }

    private static <K, V> List<Map.Entry<K, V>> best(Iterable<Map.Entry<K, V>> entries, long count) {
        Comparator<Map.Entry<K, V>> order = (a, b) -> {
            int values = Keys.compare(b.getValue(), a.getValue());
            return values != 0 ? values : Keys.compare(a.getKey(), b.getKey());
        };
        List<Map.Entry<K, V>> all = new ArrayList<>();
        entries.forEach(all::add);
        all.sort(order);
        return new ArrayList<>(all.subList(0, (int) Math.min(count, all.size())));
    }
}
