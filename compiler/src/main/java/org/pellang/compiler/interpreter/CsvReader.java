package org.pellang.compiler.interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pellang.compiler.sema.type.Type;

/** Numbers, bools and strings from comma-separated text; a first row without numbers is a heading. */
final class CsvReader {
    private CsvReader() {}

    static List<Object> read(String path, Type.Array type, long[][] extents) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        int number = 0;
        for (String line : Files.readString(Path.of(path)).split("\r\n|\n|\r", -1)) {
            number++;
            List<String> cells = cells(line);
            boolean heading = number == 1 && type.element() != Type.Scalar.STRING && !cells.stream().allMatch(CsvReader::isValue);
            if (!line.isBlank() && !heading) {
                if (!rows.isEmpty() && rows.getFirst().size() != cells.size()) {
                    throw new Trap(null, path + ":" + number + ": " + cells.size() + " values where the rows before have " + rows.getFirst().size());
                }
                rows.add(cells);
            }
        }
        int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
        extents[0] = type.axes() == 2 ? new long[] {rows.size(), columns} : new long[] {(long) rows.size() * columns};
        List<Object> values = new ArrayList<>();
        rows.forEach(row -> row.forEach(cell -> values.add(value(path, type.element(), cell))));
        return values;
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
        try {
            number(cell.strip());
            return true;
        } catch (NumberFormatException e) {
            return cell.strip().matches("true|false");
        }
    }

    private static double number(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static Object value(String path, Type type, String cell) {
        String text = cell.strip();
        try {
            if (type == Type.Scalar.FLOAT) {
                return number(text);
            } else if (type == Type.Scalar.FLOAT32) {
                return (float) number(text);
            } else if (type == Type.Scalar.BOOL) {
                return text.equals("true") || text.equals("1");
            } else if (type == Type.Scalar.STRING) {
                return cell;
            }
            return Arithmetic.stored(Long.parseLong(text), type);
        } catch (NumberFormatException e) {
            throw new Trap(null, path + ": '" + text + "' is not a value of type " + type);
        }
    }
}
