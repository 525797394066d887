package org.pellang.compiler.sema;

import java.util.List;
import java.util.stream.Collectors;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.TExpr;

/** Phrases of messages. */
final class Words {
    private Words() {}

    /** {@code an int}, {@code a float}, {@code an array [_] float}, {@code the tuple (int, int)}. */
    static String a(Type type) {
        return switch (type) {
            case Type.Scalar s -> s == Type.Scalar.VOID ? "nothing" : (vowel(s.toString()) ? "an " : "a ") + s;
            case Type.Tuple t -> "the tuple " + t;
            case Type.Record r -> "the record " + r;
            case Type.Array a -> "the array " + a;
            case Type.ListOf l -> "a " + l;
            case Type.MapOf m -> "a " + m;
            case Type.Function f -> "the function " + f;
            case Type.Domain d -> "a " + d;
            case Type.Channel c -> "a " + c;
            case Type.Future f -> "a " + f;
            case Type.Request r -> "a request";
            case Type.Team t -> "a team";
        };
    }

    private static boolean vowel(String word) {
        return "aeiou".indexOf(word.charAt(0)) >= 0;
    }

    /** {@code 1 argument}, {@code 2 axes}. */
    static String count(int n, String noun) {
        String plural = noun.equals("axis") ? "axes" : noun.equals("index") ? "indices" : noun + "s";
        return n + " " + (n == 1 ? noun : plural);
    }

    /** {@code (int, float)}. */
    static String types(List<TExpr> values) {
        return values.stream().map(v -> v.type().toString()).collect(Collectors.joining(", ", "(", ")"));
    }
}
