package org.pellang.compiler.sema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Item;
import org.pellang.compiler.syntax.Param;
import org.pellang.compiler.syntax.TypeSyntax;

/** What a name means. */
sealed interface Symbol {

    record Variable(Var var) implements Symbol {}

    /** {@code fn} or {@code op} of the program; identity counts. */
    final class Function implements Symbol {
        final Expr.Ident name;
        final List<Param> params;
        final @Nullable TypeSyntax result;
        final Item.Body body;
        /** Whether it was declared by {@code op}. */
        final boolean operator;
        final @Nullable Expr identity;
        /** Parameters that stand for a function whose types are known at its calls only, with that function; these are not among {@link #params}. */
        final Map<String, Symbol> bound;

        private final Map<Map<String, Symbol>, Function> variants = new HashMap<>();
        boolean used;

        private Function(
                Expr.Ident name,
                List<Param> params,
                @Nullable TypeSyntax result,
                Item.Body body,
                boolean operator,
                @Nullable Expr identity,
                Map<String, Symbol> bound) {
            this.bound = bound;
            this.name = name;
            this.params = params;
            this.result = result;
            this.body = body;
            this.operator = operator;
            this.identity = identity;
        }

        static Function of(Item.Function f) {
            return new Function(f.name(), f.params(), f.result(), f.body(), false, null, Map.of());
        }

        static Function of(Item.Op op) {
            return new Function(op.name(), op.params(), op.result(), op.body(), true, op.identity(), Map.of());
        }

        /** The function with some of its parameters replaced by functions. */
        Function with(Map<String, Symbol> functions) {
            return variants.computeIfAbsent(functions, k -> {
                Map<String, Symbol> all = new HashMap<>(bound);
                all.putAll(k);
                List<Param> left = params.stream().filter(p -> !k.containsKey(p.name().name())).toList();
                return new Function(name, left, result, body, operator, identity, Map.copyOf(all));
            });
        }

        /** The head as written, for messages: {@code fn dot(a, b)}. */
        String signature() {
            StringBuilder text = new StringBuilder(operator ? "op " : "fn ").append(name.name()).append('(');
            for (int i = 0; i < params.size(); i++) {
                Param p = params.get(i);
                text.append(i == 0 ? "" : ", ").append(p.mutable() ? "mut " : "").append(p.name().name());
                TypeSyntax type = p.type();
                if (type != null) {
                    text.append(": ").append(type.span().text());
                }
                Expr value = p.defaultValue();
                if (value != null) {
                    text.append(" = ").append(value.span().text());
                }
            }
            return text.append(')').append(result == null ? "" : " -> " + result.span().text()).toString();
        }
    }

    record RecordType(Type.Record type, Span span) implements Symbol {}

    /** Functions of the standard library of one name. */
    record Library(String name, List<LibraryFunction> overloads) implements Symbol {}

    /** A polymorphic name that the checker knows, for instance {@code len} or {@code sum}. */
    record BuiltIn(String name) implements Symbol {}

    /** {@code pi}, {@code e}, {@code inf}, {@code nan}. */
    record Number(String name, double value) implements Symbol {}

    /** A module of the standard library, in {@code math.sin(x)}. */
    record Module(String name) implements Symbol {}
}
