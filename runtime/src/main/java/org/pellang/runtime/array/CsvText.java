package org.pellang.runtime.array;

import java.util.ArrayList;
import java.util.List;
import org.pellang.runtime.PelTrap;

/** Arrays of 1 or 2 axes as comma-separated text: a row per index of the first axis. Floats in their shortest form that reads back equal. */
final class CsvText {
    private CsvText() {}

    static String of(PelArray array) {
        if (array.axes() > 2) {
            throw new PelTrap("an array with " + array.axes() + " axes cannot be saved as .csv");
        }
        Domain domain = array.domain();
        StringBuilder text = new StringBuilder();
        for (long i = domain.lo(0); i <= domain.hi(0); i += domain.step(0)) {
            if (domain.axes() == 1) {
                element(array, array.at(i), text);
            } else {
                for (long j = domain.lo(1); j <= domain.hi(1); j += domain.step(1)) {
                    text.append(j == domain.lo(1) ? "" : ",");
                    element(array, array.at(i, j), text);
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    static void element(PelArray array, int at, StringBuilder text) {
        ElemType type = array.type();
        for (int k = 0; k < type.columns(); k++) {
            text.append(k == 0 ? "" : ",");
            switch (type.column(k)) {
                case F64 -> text.append(number(Double.toString(array.f64(k)[at])));
                case F32 -> text.append(number(Float.toString(array.f32(k)[at])));
                case I64 -> text.append(array.i64(k)[at]);
                case I32 -> text.append(array.i32(k)[at]);
                case I16 -> text.append(array.i16(k)[at]);
                case I8 -> text.append(array.i8(k)[at] & 255);
                case BOOL -> text.append(array.bool(k)[at]);
                case OBJ -> text.append(quoted(array.obj(k)[at].toString()));
            }
        }
    }

    private static String number(String java) {
        return switch (java) {
            case "NaN" -> "nan";
            case "Infinity" -> "inf";
            case "-Infinity" -> "-inf";
            default -> java.replace('E', 'e');
        };
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /**
     * Rows of a text.
     *
     * @param cells by row
     * @param lines where each row stands, from 0
     * @param count how many lines the text has
     */
    record Parsed(List<List<String>> cells, List<Integer> lines, int count) {
        /** Values in the first row, -1 if there is none. */
        int columns() {
            return cells.isEmpty() ? -1 : cells.getFirst().size();
        }

        /** Puts the values behind one another from {@code at} on; {@code before} are the lines above the text in its file. */
        void into(PelArray array, int at, String path, long before, long columns) {
            int place = at;
            for (int r = 0; r < cells.size(); r++) {
                if (cells.get(r).size() != columns) {
                    throw new PelTrap(path + ":" + (before + lines.get(r) + 1) + ": " + cells.get(r).size() + " values where the rows before have " + columns);
                }
                for (String cell : cells.get(r)) {
                    array.set(place++, value(path, before + lines.get(r) + 1, array.type(), cell));
                }
            }
        }
    }

    /** Whether a file can be loaded into so many axes of a type, else a trap. */
    static void fits(String path, ElemType type, int axes) {
        if (axes > 2 || type.columns() > 1) {
            throw new PelTrap(path + ": a .csv file cannot be loaded into " + axes + " axes of " + type);
        }
    }

    /** @param first whether the text begins the file: a first row that is no row of numbers is taken for headings */
    static Parsed parse(String text, ElemType type, boolean first) {
        List<List<String>> rows = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        String[] all = text.split("\r\n|\n|\r", -1);
        int count = all[all.length - 1].isEmpty() ? all.length - 1 : all.length;
        for (int line = 0; line < count; line++) {
            if (all[line].isBlank()) {
                continue;
            }
            List<String> cells = cells(all[line]);
            if (first && line == 0 && type != ElemType.STRING && !cells.stream().allMatch(CsvText::isValue)) {
                continue;
            }
            rows.add(cells);
            lines.add(line);
        }
        return new Parsed(rows, lines, count);
    }

    /** The extents of an array of so many axes. One axis: all values in order of rows. */
    static long[] extents(long rows, long columns, int axes) {
        return axes == 2 ? new long[] {rows, columns} : new long[] {Math.multiplyExact(rows, columns)};
    }

    /** Reads rows of equal length. */
    static PelArray read(String path, String text, ElemType type, int axes) {
        fits(path, type, axes);
        Parsed parsed = parse(text, type, true);
        int columns = Math.max(0, parsed.columns());
        PelArray array = PelArray.create(Domain.extents(extents(parsed.cells().size(), columns, axes)), type);
        parsed.into(array, 0, path, 0, columns);
        return array;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    private static boolean isValue(String cell) {
        String text = cell.strip();
        try {
            return text.equals("true") || text.equals("false") || !Double.isNaN(parse(text)) || text.equalsIgnoreCase("nan");
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double parse(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static Object value(String path, long line, ElemType type, String cell) {
        String text = cell.strip();
        try {
            return switch (type.column(0)) {
                case F64 -> parse(text);
                case F32 -> (float) parse(text);
                case I64, I32, I16, I8 -> Long.parseLong(text);
                case BOOL -> bool(text);
                case OBJ -> cell;
            };
        } catch (NumberFormatException e) {
            throw new PelTrap(path + ":" + line + ": '" + text + "' is not a value of type " + type, e);
        }
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new NumberFormatException(text);
        };
    }
}
