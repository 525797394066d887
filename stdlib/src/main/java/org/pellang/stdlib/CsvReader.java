package org.pellang.stdlib;

import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.PelTrap;

/** Comma-separated values after RFC 4180: quoted fields may hold commas, line ends and doubled quotes. Empty lines are left out. */
final class CsvReader {
    private final String text;
    private final String name;
    private int at;
    private int line = 1;

    private CsvReader(String name, String text) {
        this.name = name;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The rows of {@code text}; {@code name} is for messages. */
    static List<List<String>> rows(String name, String text) {
        return new CsvReader(name, text).read();
    }

    private List<List<String>> read() {
        List<List<String>> rows = new ArrayList<>();
        while (at < text.length()) {
            List<String> row = row();
            if (row.size() > 1 || !row.getFirst().isBlank()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private List<String> row() {
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(peek() == '"' ? quoted() : plain());
            if (peek() != ',') {
                break;
            }
            at++;
        }
        if (peek() == '\r') {
            at++;
        }
        if (peek() == '\n') {
            at++;
        }
        line++;
        return fields;
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private String plain() {
        int from = at;
        while (peek() != ',' && peek() != '\n' && peek() != '\r' && peek() != -1) {
            at++;
        }
        return text.substring(from, at).strip();
    }

    private String quoted() {
        int opened = line;
        StringBuilder field = new StringBuilder();
        at++;
        while (true) {
            int c = peek();
            if (c == -1) {
                throw new PelTrap(name + ":" + opened + ": quote without an end");
            }
            at++;
            if (c == '"') {
                if (peek() != '"') {
                    break;
                }
                at++;
            }
            if (c == '\n') {
                line++;
            }
            field.append((char) c);
        }
        while (peek() == ' ') {
            at++;
        }
        if (peek() != ',' && peek() != '\n' && peek() != '\r' && peek() != -1) {
            throw new PelTrap(name + ":" + line + ": text after a quoted field");
        }
        return field.toString();
    }
}
