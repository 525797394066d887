package org.pellang.runtime.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint consists of: text, one fact per line, sealed by its own CRC-32C on the last line. See docs/cli/checkpoints.md for the form.
 *
 * @param facts {@code program}, {@code state} (hashes), {@code source}, {@code job}, {@code number}, {@code ranks}, {@code argument} lines
 */
public record Manifest(Map<String, List<String>> facts, List<Loop> loops, Map<String, byte[]> values, Map<String, Stored> arrays, Map<String, int[]> sums) {
    /** Its name in the folder of a checkpoint. */
    public static final String FILE = "manifest";

    private static final String FIRST = "pel-checkpoint 1";
    private static final int ALL = -1;

    /** The position of a running loop. */
    public record Loop(int loop, long visit, long pass, long lines, Map<Integer, Long> visits) {}

    /** Where an array's elements are. */
    record Stored(String file, long dataAt, long bytes, String shape) {}

    /** A manifest that cannot be used, with the reason. */
    public static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        Damaged(String why) {
            super(why);
        }
    }

    private static String key(int frame, String name, int rank) {
        return frame + " " + name + " " + (rank == ALL ? "*" : rank);
    }

    /** The first value of a fact; empty if there is none. */
    public String fact(String name) {
        List<String> all = facts.getOrDefault(name, List.of());
        return all.isEmpty() ? "" : all.getFirst();
    }

    /** Number of ranks that wrote it. */
    public int ranks() {
        return Integer.parseInt(fact("ranks"));
    }

    /** Number of the checkpoint. */
    public long number() {
        return Long.parseLong(fact("number"));
    }

    /** The value of a variable on a rank, or null. */
    byte @Nullable [] value(int frame, String name, int rank) {
        byte[] same = values.get(key(frame, name, ALL));
        return same != null ? same : values.get(key(frame, name, rank));
    }

    /** Where an array is, for a rank; null if nowhere. */
    @Nullable Stored array(int frame, String name, int rank) {
        Stored same = arrays.get(key(frame, name, ALL));
        return same != null ? same : arrays.get(key(frame, name, rank));
    }

    /** Whether something differs between the ranks, so that only as many ranks can continue. */
    boolean byRank() {
        return values.keySet().stream().anyMatch(k -> !k.endsWith(" *")) || arrays.keySet().stream().anyMatch(k -> !k.endsWith(" *"));
    }

    // ---- lines ----

    static String factLine(String name, String text) {
        return "fact " + name + " " + escaped(text);
    }

    static String loopLine(Frame f) {
        StringBuilder visits = new StringBuilder();
        f.visits().forEach((k, n) -> visits.append(visits.isEmpty() ? "" : ",").append(k).append(':').append(n));
        return "loop " + f.loop() + " visit " + f.visit() + " pass " + f.pass() + " lines " + f.lines() + " visits " + visits;
    }

    static String valueLine(int frame, String name, int rank, byte[] bytes) {
        return "value " + key(frame, name, rank) + " " + HexFormat.of().formatHex(bytes);
    }

    static String arrayLine(int frame, String name, int rank, Stored s) {
        return "array " + key(frame, name, rank) + " " + s.file + " " + s.dataAt + " " + s.bytes + " " + s.shape;
    }

    static String sumLine(String file, int block, int sum) {
        return "sum " + file + " " + block + " " + HexFormat.of().toHexDigits(sum);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                out.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** The whole text. */
    static byte[] seal(List<String> lines) {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        lines.forEach(l -> text.append(l).append('\n'));
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        String end = "end " + HexFormat.of().toHexDigits(Crc32c.of(body, 0, body.length)) + "\n";
        text.append(end);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the manifest of a checkpoint's folder. */
    public static Manifest read(Path folder) throws IOException {
        return parse(Files.readAllBytes(folder.resolve(FILE)));
    }

    static Manifest parse(byte[] bytes) throws Damaged {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.lastIndexOf("\nend ");
        if (!text.startsWith(FIRST + "\n") || end < 0 || !text.endsWith("\n")) {
            throw new Damaged("its manifest is cut short or of another version");
        }
        byte[] body = text.substring(0, end + 1).getBytes(StandardCharsets.UTF_8);
        if (!text.substring(end + 5).strip().equals(HexFormat.of().toHexDigits(Crc32c.of(body, 0, body.length)))) {
            throw new Damaged("the checksum of its manifest is wrong");
        }
        Manifest m = new Manifest(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new HashMap<>());
        try {
            text.substring(FIRST.length() + 1, end).lines().forEach(m::line);
        } catch (RuntimeException e) {
            throw new Damaged("its manifest is damaged: " + e.getMessage());
        }
        return m;
    }

    private void line(String line) {
        String[] w = line.split(" ", 7);
        switch (w[0]) {
            case "fact" -> facts.computeIfAbsent(w[1], k -> new ArrayList<>()).add(unescaped(line.substring("fact ".length() + w[1].length() + 1)));
            case "loop" -> loop(line.split(" "));
            case "value" -> values.put(w[1] + " " + w[2] + " " + w[3], w.length > 4 ? HexFormat.of().parseHex(w[4]) : new byte[0]);
            case "array" -> {
                int shape = w[6].indexOf(' ');
                arrays.put(w[1] + " " + w[2] + " " + w[3],
                        new Stored(w[4], Long.parseLong(w[5]), Long.parseLong(w[6].substring(0, shape)), w[6].substring(shape + 1)));
            }
            case "sum" -> sum(w[1], Integer.parseInt(w[2]), HexFormat.fromHexDigits(w[3]));
            default -> {
                // A later version may say more.
            }
        }
    }

    private void loop(String[] w) {
        Map<Integer, Long> visits = new TreeMap<>();
        if (w.length > 9) {
            for (String pair : w[9].split(",")) {
                String[] parts = pair.split(":");
                visits.put(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
            }
        }
        loops.add(new Loop(Integer.parseInt(w[1]), Long.parseLong(w[3]), Long.parseLong(w[5]), Long.parseLong(w[7]), visits));
    }

    private void sum(String file, int block, int sum) {
        int[] all = sums.getOrDefault(file, new int[0]);
        if (all.length <= block) {
            all = java.util.Arrays.copyOf(all, Math.max(block + 1, all.length * 2));
            sums.put(file, all);
        }
        all[block] = sum;
    }
}
