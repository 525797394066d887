package org.pellang.quality.differential;

import java.util.List;

/** Types of generated expressions. */
enum Kind {
    INT("int"),
    FLOAT("float"),
    FLOAT32("float32"),
    BOOL("bool"),
    STRING("string"),
    COMPLEX("complex"),
    VEC2("vec2"),
    VEC3("vec3"),
    PAIR("(int, float)"),
    CELL("Cell");

    /** The record that programs with {@link #CELL} declare. */
    static final String CELL_DECLARATION = "record Cell { a: float, b: int, p: vec2 }";

    private static final List<Kind> SCALARS = List.of(INT, INT, INT, FLOAT, FLOAT, FLOAT, BOOL, STRING, COMPLEX, VEC2, VEC3, PAIR, CELL, FLOAT32);

    final String text;

    Kind(String text) {
        this.text = text;
    }

    /** Numbers more often than the rest. */
    static Kind any(Dice dice) {
        return dice.pick(SCALARS);
    }

    /** Int or float. */
    static Kind number(Dice dice) {
        return dice.chance(50) ? INT : FLOAT;
    }

    /** An element type of arrays; ints and floats are sometimes stored narrow. */
    static Element element(Dice dice) {
        Kind kind = any(dice);
        String text = switch (kind) {
            case INT -> dice.pick("int", "int", "int", "int32", "int16", "byte");
            case FLOAT, FLOAT32, BOOL, STRING, COMPLEX, VEC2, VEC3, PAIR, CELL -> kind.text;
        };
        return new Element(text, kind);
    }

    /**
     * The element type of an array.
     *
     * @param text as written
     * @param kind how it reads
     */
    record Element(String text, Kind kind) {
        boolean narrow() {
            return kind == INT && !text.equals("int");
        }

        /** An expression of the kind, made to fit. */
        String stored(String expression) {
            return switch (text) {
                case "int32" -> "int32((" + expression + ") % 100_000)";
                case "int16" -> "int16((" + expression + ") % 1000)";
                case "byte" -> "byte((" + expression + ") & 255)";
                default -> expression;
            };
        }
    }
}
