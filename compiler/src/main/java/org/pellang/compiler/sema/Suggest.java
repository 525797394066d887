package org.pellang.compiler.sema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
final class Suggest {
    /** Names that other languages have, with what PEL writes. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("range", "a range is written `0..<n`: `for i in 0..<n { .. }`"),
            Map.entry("xrange", "a range is written `0..<n`: `for i in 0..<n { .. }`"),
            Map.entry("str", "a value becomes text by `show(x)` or in a string: `\"{x}\"`"),
            Map.entry("to_string", "a value becomes text by `show(x)` or in a string: `\"{x}\"`"),
            Map.entry("None", "PEL has no null: everything is initialised"),
            Map.entry("null", "PEL has no null: everything is initialised"),
            Map.entry("nil", "PEL has no null: everything is initialised"),
            Map.entry("lambda", "a function value is written `fn(x: int) = x + 1`"),
            Map.entry("append", "`push(l, x)` appends to a list"),
            Map.entry("printf", "`print(\"{x:.3f}\")` formats with Python's specifications"),
            Map.entry("println", "it is called `print`"),
            Map.entry("writeln", "it is called `print`"),
            Map.entry("Locales", "ranks are asked for by `rank()` and `size()`, groups of them are teams: `let t = world.split(color: c)`, `on t { .. }`"),
            Map.entry("echo", "it is called `print`"),
            Map.entry("float64", "it is called `float`"),
            Map.entry("double", "it is called `float`"),
            Map.entry("int64", "it is called `int`"),
            Map.entry("long", "it is called `int`"),
            Map.entry("uint8", "it is called `byte`"),
            Map.entry("boolean", "it is called `bool`"),
            Map.entry("console", "`print(..)` prints"),
            Map.entry("System", "`print(..)` prints, `abort(code)` ends the job"),
            Map.entry("cout", "`print(..)` prints"),
            Map.entry("input", "values come from the command line: `config n = 10`, or from files: `lines(path)`, `load(path)`"),
            Map.entry("self", "functions take records as parameters: `fn area(b: Box) = b.w * b.h`"),
            Map.entry("this", "functions take records as parameters: `fn area(b: Box) = b.w * b.h`"),
            Map.entry("arange", "a range is written `0..<n`; `[i for i in 0..<n]` is an array"),
            Map.entry("ones", "an array is declared: `var a: [n] float = 1.0`"),
            Map.entry("dict", "a map is declared: `var m: map string -> int`"),
            Map.entry("fabs", "it is called `abs`"),
            Map.entry("True", "it is called `true`"),
            Map.entry("False", "it is called `false`"),
            Map.entry("MPI", "`rank()`, `size()`, `allreduce(x, sum)` and so on are there without a prefix"),
            Map.entry("comm", "`rank()`, `size()`, `allreduce(x, sum)` and so on are there without a prefix"),
            Map.entry("math", "the functions of the standard library are called without a prefix: `sqrt(x)`"),
            Map.entry("np", "the functions of the standard library are called without a prefix: `sqrt(x)`"),
            Map.entry("zeros", "an array is declared: `var a: [n] float` (it is zero)"),
            Map.entry("linspace", "write `[a + i * (b - a) / (n - 1) for i in 0..<n]`"));

    private Suggest() {}

    /** What PEL writes for a name from another language, or null. */
    static @Nullable String elsewhere(String name) {
        return ELSEWHERE.get(name);
    }

    /** The candidate nearest to {@code name}, or null if none is near. */
    static @Nullable String nearest(String name, Iterable<String> candidates) {
        int limit = name.length() <= 2 ? 1 : Math.max(1, (name.length() + 1) / 3);
        String best = null;
        int least = limit + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - name.length()) > limit || candidate.equals(name)) {
                continue;
            }
            int d = distance(name, candidate);
            if (d < least && d < Math.max(name.length(), candidate.length())) {
                least = d;
                best = candidate;
            }
        }
        return best;
    }

    /** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    best = Math.min(best, d[i - 2][j - 2] + 1);
                }
                d[i][j] = best;
            }
        }
        return d[a.length()][b.length()];
    }
}
