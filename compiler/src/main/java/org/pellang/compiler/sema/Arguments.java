package org.pellang.compiler.sema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;

/** Brings arguments, positional and labelled, into the order of the parameters. */
final class Arguments {
    private final Session s;

    Arguments(Session session) {
        this.s = session;
    }

    /**
     * What a call offers to match against.
     *
     * @param name the callee, for messages
     * @param names the parameters
     * @param optional how many of the last ones may be left out, or which: one entry per parameter
     * @param signature the head for messages
     */
    record Target(String name, List<String> names, List<Boolean> optional, String signature) {
        static Target of(String name, String signature, String... names) {
            return new Target(name, List.of(names), Collections.nCopies(names.length, false), signature);
        }
    }

    /** One argument per parameter, null where an optional one is missing; null after a report. */
    @Nullable List<Expr.@Nullable Argument> match(Target target, List<Expr.Argument> given, Span call) {
        List<Expr.@Nullable Argument> slots = new ArrayList<>(Collections.nCopies(target.names().size(), null));
        boolean labels = false;
        for (int i = 0; i < given.size(); i++) {
            Expr.Argument a = given.get(i);
            String label = a.label();
            labels |= label != null;
            int at = label == null ? i : target.names().indexOf(label);
            Diagnostic wrong = problem(target, a, at, labels, slots);
            if (wrong != null) {
                s.report(wrong.note("the signature is `" + target.signature() + "`"));
                return null;
            }
            slots.set(at, a);
        }
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i) == null && !target.optional().get(i)) {
                s.report(missing(target, i, given, call));
                return null;
            }
        }
        return slots;
    }

    private static @Nullable Diagnostic problem(
            Target target, Expr.Argument a, int at, boolean labels, List<Expr.@Nullable Argument> slots) {
        String label = a.label();
        if (label == null && labels) {
            return Diagnostic.error("PEL0209", a.span(), "an argument without a label follows one with a label");
        }
        if (label == null && at >= slots.size()) {
            return Diagnostic.error("PEL0209", a.span(), "`" + target.name() + "` takes " + Words.count(slots.size(), "argument"))
                    .under("one too many");
        }
        if (label != null && at < 0) {
            Diagnostic d = Diagnostic.error("PEL0209", a.span(), "`" + target.name() + "` has no parameter `" + label + "`");
            String near = Suggest.nearest(label, target.names());
            Span labelSpan = new Span(a.span().file(), a.span().start(), a.span().start() + label.length());
            return near == null ? d : d.under("did you mean `" + near + "`?").fix("replace it by `" + near + "`", labelSpan, near);
        }
        Expr.Argument before = slots.get(at);
        return before == null
                ? null
                : Diagnostic.error("PEL0209", a.span(), "the parameter `" + target.names().get(at) + "` gets two arguments")
                        .label(before.span(), "the first one");
    }

    private static Diagnostic missing(Target target, int i, List<Expr.Argument> given, Span call) {
        return Diagnostic.error(
                        "PEL0209", call, "`" + target.name() + "` needs " + Words.count(target.names().size(), "argument")
                                + ", the call has " + given.size())
                .under("no argument for `" + target.names().get(i) + "`")
                .note("the signature is `" + target.signature() + "`");
    }

    /** Types arguments that no longer matter, so that errors in them are seen. */
    void checkAll(List<Expr.Argument> given, Scope scope) {
        for (Expr.Argument a : given) {
            if (a.value() instanceof Expr.Comprehension c) {
                s.comprehensions.array(c, c.span(), scope, null);
            } else if (!(a.value() instanceof Expr.Lambda)) {
                s.expressions.check(a.value(), scope, null);
            }
        }
    }
}
