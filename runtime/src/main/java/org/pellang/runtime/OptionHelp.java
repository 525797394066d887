package org.pellang.runtime;

import java.util.ArrayList;
import java.util.List;

/** The words of the command line: help text, errors, nearest names. */
final class OptionHelp {
    private OptionHelp() {}

    static String kind(OptionSpec.Kind kind) {
        return switch (kind) {
            case INT -> "an int";
            case FLOAT, FLOAT32 -> "a float";
            case INT32 -> "an int from -2147483648 to 2147483647";
            case INT16 -> "an int from -32768 to 32767";
            case BYTE -> "an int from 0 to 255";
            case BOOL -> "true or false";
            case STRING -> "a string";
        };
    }

    static UsageException error(ProgramInfo info, String message) {
        return new UsageException(2, info.name() + ": " + message + "\ntry --help");
    }

    static UsageException unknown(ProgramInfo info, String name) {
        String best = "";
        // A third of the letters may be wrong, or two; of a very short name fewer than all.
        int distance = Math.min(Math.max(2, name.length() / 3) + 1, name.length());
        for (OptionSpec spec : info.options()) {
            int d = distance(name, spec.name());
            if (d < distance) {
                distance = d;
                best = spec.name();
            }
        }
        String hint = best.isEmpty() ? "" : "; did you mean --" + best + "?";
        return error(info, "unknown option --" + name + hint);
    }

    static String text(ProgramInfo info) {
        StringBuilder text = new StringBuilder("usage: " + info.name() + (info.options().isEmpty() ? "" : " [options]") + "\n");
        if (!info.doc().isBlank()) {
            text.append('\n').append(info.doc().strip()).append('\n');
        }
        text.append("\noptions:\n");
        List<String[]> rows = new ArrayList<>();
        for (OptionSpec spec : info.options()) {
            String shown = "--" + spec.name() + "=<" + spec.kind().name().toLowerCase(java.util.Locale.ROOT) + ">";
            String doc = spec.doc().strip().replace("\n", " ");
            rows.add(new String[] {shown, doc + (doc.isEmpty() ? "" : " ") + "[" + spec.defaultText() + "]"});
        }
        rows.add(new String[] {"-h, --help", "this text"});
        int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        for (String[] row : rows) {
            text.append("  ").append(row[0]).append(" ".repeat(width - row[0].length() + 2)).append(row[1]).append('\n');
        }
        return text.toString();
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
