package org.pellang.compiler.interpreter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TypedProgram;

/** The program's options: {@code --n=4096}, {@code --n 4096}; a bool may stand alone. */
final class Options {
    /** A wrong command line: exit code 2. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    private Options() {}

    static Map<String, String> parse(TypedProgram program, List<String> args) throws Wrong {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--") || arg.length() == 2) {
                throw new Wrong("unexpected argument '" + arg + "': options are written --name=value");
            }
            int equals = arg.indexOf('=');
            String name = arg.substring(2, equals < 0 ? arg.length() : equals);
            Type type = type(program, name).orElseThrow(() -> new Wrong("there is no option --" + name));
            String text = equals < 0 ? null : arg.substring(equals + 1);
            boolean next = i + 1 < args.size();
            if (text == null && type == Type.Scalar.BOOL && !(next && args.get(i + 1).matches("true|false"))) {
                text = "true";
            } else if (text == null) {
                if (!next) {
                    throw new Wrong("option --" + name + " needs a value");
                }
                text = args.get(++i);
            }
            if (!fits(text, type)) {
                throw new Wrong("option --" + name + " needs a value of type " + type + ", not '" + text + "'");
            }
            given.put(name, text);
        }
        return given;
    }

    private static Optional<Type> type(TypedProgram program, String name) {
        return program.configs().stream().filter(c -> c.variable().name().equals(name)).map(c -> c.variable().type()).findFirst();
    }

    private static boolean fits(String text, Type type) {
        try {
            value(text, type);
            return !type.isIntegral() || text.matches("[+-]?[0-9]+(_[0-9]+)*") && inRange((Long) value(text, type), type);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean inRange(long value, Type type) {
        return switch ((Type.Scalar) type) {
            case INT32 -> value == (int) value;
            case INT16 -> value == (short) value;
            case BYTE -> value >= 0 && value <= 255;
            case INT, FLOAT, BOOL, STRING, COMPLEX, VEC2, VEC3, VEC4, FLOAT32, VOID, ERROR -> true;
        };
    }

    static Object value(String text, Type type) {
        String digits = text.replace("_", "");
        if (type == Type.Scalar.FLOAT || type == Type.Scalar.FLOAT32) {
            double value = switch (digits.toLowerCase(java.util.Locale.ROOT)) {
                case "inf", "+inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan", "+nan", "-nan" -> Double.NaN;
                default -> Double.parseDouble(digits);
            };
            return type == Type.Scalar.FLOAT ? (Object) value : (Object) (float) value;
        } else if (type.isIntegral()) {
            return Long.parseLong(digits);
        } else if (type == Type.Scalar.BOOL) {
            if (!text.matches("true|false")) {
                throw new IllegalArgumentException(text);
            }
            return Boolean.parseBoolean(text);
        }
        return text;
    }
}
