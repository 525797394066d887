package org.pellang.compiler.sema.typed;

/** Constructs known by name to checker, interpreter and code generator; the comment gives the arguments. */
public enum Intrinsic {
    /** rank([team]): int, varying. */
    RANK,
    /** size([team]): int. */
    SIZE,
    /** host(): string, varying. */
    HOST,
    /** threads(): int. */
    THREADS,
    /** clock(): float seconds, collective. */
    CLOCK,
    /** local_clock(): float seconds. */
    LOCAL_CLOCK,
    /** print(string); collective position, prints once. The checker turns several arguments and other types into one string. */
    PRINT,
    /** printall(string): collective, in rank order. */
    PRINTALL,
    /** note(string). */
    NOTE,
    /** abort(int). */
    ABORT,
    /** show(any): string; how interpolation without a specification prints. */
    SHOW,
    /** The text of any value by a format specification, which is a string. */
    FORMAT,
    /** len(array | domain | list | string | map): int; array: all elements of a 1-axis array, else extent of axis 0. */
    LEN,
    /** a.domain. */
    DOMAIN_OF,
    /** a.domains: tuple of one-axis domains (aligned with the array's axes). */
    DOMAINS_OF,
    /** D.inner(k). */
    INNER,
    /** D.from(i, j). */
    FROM,
    /** D.axis(d). */
    AXIS,
    /** D by k (every axis). */
    STRIDE,
    /** copy(a). */
    COPY,
    /** An array and the extents that it must have (ints), else a trap: the value of a field with declared extents. */
    SHAPED,
    /** fill(mut a, value). */
    FILL,
    /** replicate(a): local array, collective. */
    REPLICATE,
    /** The array in the distribution of the place that it is assigned to, or of the array that it is compared with: collective. */
    REDISTRIBUTE,
    /** save(path, array): collective. */
    SAVE,
    /** load(path): type tells element, axes, distribution; collective. */
    LOAD,
    /** plot_image(path, array 2-D): collective. */
    PLOT_IMAGE,
    /** plot_line(path, y) or plot_line(path, x, y). */
    PLOT_LINE,
    /** min(a, b, ...), at least two ints, floats or float32s. */
    MIN,
    /** max(a, b, ...). */
    MAX,
    /** clamp(x, lo, hi). */
    CLAMP,
    /** abs(int | float | float32). */
    ABS,
    /** sign(int | float). */
    SIGN,
    /** vec3(s): all components equal s (argument float). */
    SPLAT,
    /** push(list, x). */
    PUSH,
    /** pop(list). */
    POP,
    /** zip(a, b): array of tuples. */
    ZIP,
    /** enumerate(a): array of (int, element). */
    ENUMERATE,
    /** reversed(a), sorted(a [, by: fn]), argsort(a), distinct(a) on local arrays. */
    REVERSED, SORTED, ARGSORT, DISTINCT,
    /** sort(mut a [, by: fn]). */
    SORT,
    /** merge(list of sorted arrays): array. */
    MERGE,
    /** split_at(sorted array, pivots): list of arrays. */
    SPLIT_AT,
    /** search(sorted array, x): int, first position not less. */
    SEARCH,
    /** A channel declaration's value: its name, its number (0, 1, ..), then the extents of array messages, if they are fixed. */
    CHANNEL,
    /** unique(x): marks a scattered subscript as injective, checked at run time; only as a subscript of a store. The key of a map may have any type. */
    UNIQUE,
    /** has(map, key): bool; collective if the map is spread. */
    HAS,
    /** remove(mut map, key). */
    REMOVE,
    /** top(map, count): array of pairs, values descending, then keys ascending; collective if the map is spread. */
    TOP,
    /** The entries of a map as an array of pairs by ascending key; collective if the map is spread. */
    ENTRIES,
    /** lines(path) as a distributed array of strings, each rank reading its part of the files: collective. */
    LINES,
    /** D.shuffled(seed)[from..<end]: domain, seed, from, end; the array of these indices. */
    SHUFFLED,
    /** Whether an index of a domain stands there: domain, index, seed, from, end. */
    IN_SHUFFLE,
    /** wait(request ..), wait_all(request or list of requests ..). */
    WAIT,
    /** world: team. */
    WORLD,
    /** split(team, color, key): team, collective over the team; color Long.MIN_VALUE is {@code none}. */
    SPLIT,
    /** future.get(). */
    AWAIT,
    /** The elements of a local array with one axis as a list. */
    TO_LIST,
    /** The lowest index of a domain with one axis. */
    LOWEST,
    /** In inspectors only: number of a view, subscripts; the loop that follows reads this element. */
    INSPECT;

    /** Whether it changes its first argument, which is a place. */
    public boolean changes() {
        return this == PUSH || this == POP || this == SORT || this == FILL || this == REMOVE;
    }
}
