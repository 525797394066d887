package org.pellang.compiler.interpreter;

/** Components of components: {@code "2.0"} is component 0 of component 2. */
final class Paths {
    private Paths() {}

    static String join(int index, String rest) {
        return rest.isEmpty() ? Integer.toString(index) : index + "." + rest;
    }

    static Object get(Object value, String path) {
        Object at = value;
        for (String step : path.isEmpty() ? new String[0] : path.split("\\.")) {
            at = component(at, Integer.parseInt(step));
        }
        return at;
    }

    static Object component(Object value, int index) {
        return switch (value) {
            case StructValue s -> s.parts()[index];
            case VectorValue v -> v.parts()[index];
            case ComplexValue z -> index == 0 ? z.re() : z.im();
            default -> throw new IllegalStateException("no components: " + value);
        };
    }

    /** The value with another component. */
    static Object with(Object value, String path, Object part) {
        if (path.isEmpty()) {
            return part;
        }
        int dot = path.indexOf('.');
        int index = Integer.parseInt(dot < 0 ? path : path.substring(0, dot));
        Object changed = dot < 0 ? part : with(component(value, index), path.substring(dot + 1), part);
        return switch (value) {
            case StructValue s -> s.with(index, changed);
            case VectorValue v -> {
                double[] parts = v.parts().clone();
                parts[index] = (Double) changed;
                yield new VectorValue(parts);
            }
            case ComplexValue z -> index == 0 ? new ComplexValue((Double) changed, z.im()) : new ComplexValue(z.re(), (Double) changed);
            default -> throw new IllegalStateException("no components: " + value);
        };
    }
}
