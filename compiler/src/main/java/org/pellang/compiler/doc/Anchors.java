package org.pellang.compiler.doc;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names of places in a page, each once. */
final class Anchors {
    private final Map<String, Integer> used = new HashMap<>();

    String next(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-").replaceAll("^-+|-+$", "");
        int count = used.merge(plain, 1, Integer::sum);
        return count == 1 ? plain : plain + "-" + count;
    }
}
