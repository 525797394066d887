package org.pellang.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values given to a program's {@code config} options: {@code --n=4096}, {@code --n 4096}, {@code --verbose}, {@code -h}. */
public final class Options {
    private final Map<String, Object> values;

    private Options(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** No options given. */
    public static Options none() {
        return new Options(Map.of());
    }

    /**
     * Reads a command line. A later value wins over an earlier one.
     *
     * @throws UsageException for {@code --help}, an unknown option or an ill-typed value
     */
    public static Options parse(ProgramInfo info, List<String> args) throws UsageException {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("-h") || arg.equals("--help")) {
                throw new UsageException(0, OptionHelp.text(info));
            }
            if (!arg.startsWith("--") || arg.length() == 2) {
                throw OptionHelp.error(info, "unexpected argument '" + arg + "': options are written --name=value");
            }
            int equals = arg.indexOf('=');
            OptionSpec spec = find(info, arg.substring(2, equals < 0 ? arg.length() : equals));
            String text = equals >= 0 ? arg.substring(equals + 1) : null;
            if (text == null && !(spec.kind() == OptionSpec.Kind.BOOL && !nextIsBool(args, i))) {
                if (++i == args.size()) {
                    throw OptionHelp.error(info, "option --" + spec.name() + " needs a value: " + OptionHelp.kind(spec.kind()));
                }
                text = args.get(i);
            }
            values.put(spec.name(), value(info, spec, text == null ? "true" : text));
        }
        return new Options(values);
    }

    private static boolean nextIsBool(List<String> args, int i) {
        return i + 1 < args.size() && (args.get(i + 1).equals("true") || args.get(i + 1).equals("false"));
    }

    private static OptionSpec find(ProgramInfo info, String name) throws UsageException {
        for (OptionSpec spec : info.options()) {
            if (spec.name().equals(name)) {
                return spec;
            }
        }
        throw OptionHelp.unknown(info, name);
    }

    private static Object value(ProgramInfo info, OptionSpec spec, String text) throws UsageException {
        Object value = switch (spec.kind()) {
            case INT -> integer(text, Long.MIN_VALUE, Long.MAX_VALUE);
            case INT32 -> integer(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT16 -> integer(text, Short.MIN_VALUE, Short.MAX_VALUE);
            case BYTE -> integer(text, 0, 255);
            case FLOAT, FLOAT32 -> floating(text);
            case BOOL -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
            case STRING -> text;
        };
        if (value == null) {
            throw OptionHelp.error(info,
                    "option --" + spec.name() + " needs " + OptionHelp.kind(spec.kind()) + ", not '" + text + "'");
        }
        return value;
    }

    private static @Nullable Long integer(String text, long least, long most) {
        if (!text.matches("[+-]?[0-9]+(_[0-9]+)*")) {
            return null;
        }
        try {
            long value = Long.parseLong(text.replace("_", ""));
            return value < least || value > most ? null : (Long) value;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Double floating(String text) {
        String sign = text.startsWith("-") ? "-" : "";
        switch (text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text) {
            case "inf":
                return sign.isEmpty() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case "nan":
                return Double.NaN;
            default:
                break;
        }
        String digits = "[0-9]+(_[0-9]+)*";
        if (!text.matches("[+-]?(" + digits + "(\\.(" + digits + ")?)?|\\." + digits + ")([eE][+-]?[0-9]+)?")) {
            return null;
        }
        return Double.valueOf(text.replace("_", ""));
    }

    /** Whether it was given on the command line; if not, generated code evaluates the default. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Value of an INT, INT32, INT16 or BYTE option that was given. */
    public long intValue(String name) {
        return (Long) given(name);
    }

    /** Value of a FLOAT or FLOAT32 option that was given. */
    public double floatValue(String name) {
        return (Double) given(name);
    }

    /** Value of a BOOL option that was given. */
    public boolean boolValue(String name) {
        return (Boolean) given(name);
    }

    /** Value of a STRING option that was given. */
    public String stringValue(String name) {
        return (String) given(name);
    }

    private Object given(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("option --" + name + " was not given");
        }
        return value;
    }
}
