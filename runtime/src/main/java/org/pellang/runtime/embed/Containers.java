package org.pellang.runtime.embed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pellang.runtime.value.PelList;
import org.pellang.runtime.value.PelMap;

/** Lists and maps on their way between Java and PEL: always copied, since PEL's may change and are local to their rank. */
public final class Containers {
    private Containers() {}

    /** PEL's list with the elements of a Java list. */
    public static <T> PelList<T> list(List<? extends T> from) {
        return PelList.copyOf(from);
    }

    /** An unmodifiable Java list with the elements of PEL's. */
    public static <T> List<T> javaList(PelList<T> from) {
        List<T> list = new ArrayList<>();
        from.forEach(list::add);
        return Collections.unmodifiableList(list);
    }

    /** PEL's map with the entries of a Java map. */
    public static <K, V> PelMap<K, V> map(Map<? extends K, ? extends V> from) {
        PelMap<K, V> map = new PelMap<>();
        from.forEach(map::put);
        return map;
    }

    /** An unmodifiable Java map with the entries of PEL's, in ascending order of the keys. */
    public static <K, V> Map<K, V> javaMap(PelMap<K, V> from) {
        Map<K, V> map = new LinkedHashMap<>();
        from.sorted().forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(map);
    }
}
