package org.pellang.compiler.sema.type;

import java.util.List;
import java.util.stream.Collectors;

/** The type of a value. Printed as the user writes it. */
public sealed interface Type {

    /**
     * Scalars. {@code INT32 INT16 BYTE} are storage types: a variable, field or element may have them, an expression that reads
     * one has type {@code INT}; {@code FLOAT32} is an expression type too, its arithmetic stays 32-bit.
     */
    enum Scalar implements Type {
        INT, FLOAT, BOOL, STRING, COMPLEX, VEC2, VEC3, VEC4, INT32, INT16, BYTE, FLOAT32,
        /** No value. */
        VOID,
        /** After a reported error: compatible with everything, never reported again. */
        ERROR;

        @Override
        public String toString() {
            return this == VOID ? "nothing" : name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    record Tuple(List<Type> elements) implements Type {
        @Override
        public String toString() {
            return elements.stream().map(Type::toString).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /** A user's record; equal by name (names are unique in a program). */
    record Record(String name, List<Field> fields) implements Type {
        @Override
        public boolean equals(Object other) {
            return other instanceof Record r && r.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A field of a record.
     *
     * @param extents of an array with declared extents, which are constants; empty for open extents and for other types
     */
    record Field(String name, Type type, List<Long> extents) {
        /** Whether it is an array that takes any extents: assigning replaces it. */
        public boolean open() {
            return type instanceof Array && extents.isEmpty();
        }

        public Field(String name, Type type) {
            this(name, type, List.of());
        }
    }

    /** An array with 1 to 3 (replicated: any number of) axes. */
    record Array(Type element, int axes, Distribution distribution) implements Type {
        @Override
        public String toString() {
            return "[" + String.join(", ", java.util.Collections.nCopies(axes, "_")) + "] " + element
                    + (distribution.isLocal() ? "" : " " + distribution);
        }
    }

    record ListOf(Type element) implements Type {
        @Override
        public String toString() {
            return "list " + element;
        }
    }

    /** A hash map; {@code distributed}: spread over the ranks by the hash of the keys. */
    record MapOf(Type key, Type value, boolean distributed) implements Type {
        /** The type of an entry, as a loop gives it. */
        public Tuple pair() {
            return new Tuple(List.of(key, value.asValue()));
        }

        @Override
        public String toString() {
            return "map " + key + " -> " + value + (distributed ? " dist hash" : "");
        }
    }

    record Function(List<Type> params, Type result) implements Type {
        @Override
        public String toString() {
            return params.stream().map(Type::toString).collect(Collectors.joining(", ", "fn(", ")")) + " -> " + result;
        }
    }

    /** A domain or range: a set of indices. A plain range is a local domain of one axis. */
    record Domain(int axes, Distribution distribution) implements Type {
        @Override
        public String toString() {
            return "domain of " + axes + (axes == 1 ? " axis" : " axes") + (distribution.isLocal() ? "" : " " + distribution);
        }
    }

    record Channel(Type message) implements Type {
        @Override
        public String toString() {
            return "channel " + message;
        }
    }

    record Future(Type value) implements Type {
        @Override
        public String toString() {
            return "future " + value;
        }
    }

    /** {@code request}. */
    record Request() implements Type {
        @Override
        public String toString() {
            return "request";
        }
    }

    /** {@code team}. */
    record Team() implements Type {
        @Override
        public String toString() {
            return "team";
        }
    }

    /** Whether it is a number: int, float, float32 or complex (storage types count). */
    default boolean isNumeric() {
        return this instanceof Scalar s
                && switch (s) {
                    case INT, FLOAT, COMPLEX, INT32, INT16, BYTE, FLOAT32 -> true;
                    case BOOL, STRING, VEC2, VEC3, VEC4, VOID, ERROR -> false;
                };
    }

    /** Whether it is int or one of its storage types. */
    default boolean isIntegral() {
        return this == Scalar.INT || this == Scalar.INT32 || this == Scalar.INT16 || this == Scalar.BYTE;
    }

    /** Whether it is vec2, vec3 or vec4. */
    default boolean isVector() {
        return this == Scalar.VEC2 || this == Scalar.VEC3 || this == Scalar.VEC4;
    }

    /** Whether values are means of communication, bound to this rank: never sent, printed, compared or kept in arrays and records. */
    default boolean isHandle() {
        return switch (this) {
            case Channel _, Future _, Request _, Team _ -> true;
            case ListOf l -> l.element.isHandle();
            case Tuple t -> t.elements.stream().anyMatch(Type::isHandle);
            case Scalar _, Record _, Array _, MapOf _, Function _, Domain _ -> false;
        };
    }

    /** Whether it is a function or holds one: an element of lists, not of arrays. */
    default boolean holdsFunction() {
        return switch (this) {
            case Function _ -> true;
            case ListOf l -> l.element.holdsFunction();
            case Tuple t -> t.elements.stream().anyMatch(Type::holdsFunction);
            case Scalar _, Record _, Array _, MapOf _, Domain _, Channel _, Future _, Request _, Team _ -> false;
        };
    }

    /** Whether it is an index set or holds one: no element of lists and arrays. */
    default boolean holdsDomain() {
        return switch (this) {
            case Domain _ -> true;
            case Tuple t -> t.elements.stream().anyMatch(Type::holdsDomain);
            case Scalar _, Record _, Array _, ListOf _, MapOf _, Function _, Channel _, Future _, Request _, Team _ -> false;
        };
    }

    /** Whether it is the type of a reported error. */
    default boolean isError() {
        return this == Scalar.ERROR;
    }

    /** The type of an expression that reads a place of this type: storage integers read as int. */
    default Type asValue() {
        return isIntegral() ? Scalar.INT : this;
    }
}
