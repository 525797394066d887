package org.pellang.compiler.codegen.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.codegen.JavaExpr;
import org.pellang.compiler.ir.Linear;
import org.pellang.compiler.ir.Subscript;
import org.pellang.compiler.ir.Use;
import org.pellang.compiler.ir.View;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.Var;

/**
 * Where an element lies in its columns, as an int expression: what changes with the innermost loops stands last ({@code row + jj}), the
 * rest is hoisted. All arithmetic is modulo 2^32, which is exact for places inside the storage.
 */
final class Places {
    /** How a variable in a subscript stands in Java: an int counter with a first value, or a value that the row knows. */
    record Standing(@Nullable String counter, long step, String start, boolean hoistable) {}

    private final Kernel kernel;
    private final Function<Var, Standing> standing;
    private final Map<TExpr, String> positions;

    /** @param positions Java texts of subscripts that are counted from the lower end of their axis, by identity */
    Places(Kernel kernel, Function<Var, Standing> standing, Map<TExpr, String> positions) {
        this.kernel = kernel;
        this.standing = standing;
        this.positions = positions;
    }

    /** The place; {@code value} writes a subscript that is not linear. */
    JavaExpr place(View view, Use use, Function<TExpr, JavaExpr> value) {
        List<String> fixed = new ArrayList<>();
        List<String> shift = new ArrayList<>();
        List<String> inner = new ArrayList<>();
        List<String> moving = new ArrayList<>();
        boolean stable = true;
        for (int d = 0; d < use.subscripts().size(); d++) {
            Subscript s = use.subscripts().get(d);
            String stride = kernel.stride(view, d);
            boolean check = kernel.needsCheck(use, view, d);
            Linear linear = s.linear();
            String position = check && !kernel.checked() ? positions.get(s.expression()) : null;
            if (position != null) {
                String lo = kernel.domainEnd(view, d, false);
                fixed.add(times(stride, "(int) " + lo));
                inner.add(times(stride, LoopApi.AT.call(kernel.unit(), JavaExpr.primary(position), JavaExpr.stable(kernel.extent(view, d)),
                        JavaExpr.stable(lo), JavaExpr.stable(Integer.toString(d))).text()));
            } else if (check && kernel.isDirect(use, view)) {
                TExpr rounded = Direct.rounded(s.expression());
                JavaExpr index = value.apply(rounded == null ? s.expression() : rounded);
                stable &= index.stable();
                inner.add(rounded != null ? LoopApi.PLACE.call(kernel.unit(), index).text()
                        : Direct.isNarrow(s.expression()) ? "(int) " + index.at(JavaExpr.UNARY) : LoopApi.NARROW.call(kernel.unit(), index).text());
            } else if (check || linear == null) {
                JavaExpr index = value.apply(s.expression());
                stable &= index.stable();
                inner.add(times(stride, "(int) " + (check ? checked(view, d, index).text() : index.at(JavaExpr.UNARY))));
            } else {
                linear(linear, stride, fixed, shift, inner, moving);
            }
        }
        fixed.add("-" + kernel.offset(view));
        String text = sum(fixed);
        String hint = view.group() == 0 || kernel.loop().views().size() == 1 ? "row" : view.array().name() + "Row";
        String row = kernel.row(text, hint);
        if (!shift.isEmpty()) {
            shift.addFirst(row);
            row = kernel.row(sum(shift), hint);
        }
        List<String> all = new ArrayList<>(List.of(row));
        all.addAll(inner);
        all.addAll(moving);
        return new JavaExpr(sum(all), all.size() == 1 ? JavaExpr.PRIMARY : JavaExpr.SUM, stable);
    }

    private void linear(Linear linear, String stride, List<String> fixed, List<String> shift, List<String> inner, List<String> moving) {
        for (Map.Entry<Var, Long> term : linear.factors().entrySet()) {
            Standing v = standing.apply(term.getKey());
            String scale = scale(term.getValue(), stride);
            if (!v.start.equals("0L")) {
                (v.hoistable ? fixed : inner).add(times(scale, "(int) " + v.start));
            }
            if (v.counter != null) {
                moving.add(times(scale(term.getValue() * v.step, stride), v.counter));
            }
        }
        if (linear.constant() != 0) {
            shift.add(times(stride, Integer.toString((int) linear.constant())));
        }
    }

    private static String scale(long factor, String stride) {
        return factor == 1 ? stride : stride.isEmpty() ? Integer.toString((int) factor) : (int) factor + " * " + stride;
    }

    private static String times(String scale, String text) {
        if (scale.isEmpty()) {
            return text;
        }
        if (text.equals("1")) {
            return scale;
        }
        if (text.equals("-1")) {
            return "-" + scale;
        }
        if (scale.equals("-1")) {
            return "-" + text;
        }
        return scale + " * " + text;
    }

    /** Joins with plus; a term with a leading minus is subtracted. */
    private static String sum(List<String> terms) {
        StringBuilder out = new StringBuilder();
        for (String term : terms) {
            if (out.isEmpty()) {
                out.append(term);
            } else if (term.startsWith("-")) {
                out.append(" - ").append(term.substring(1));
            } else {
                out.append(" + ").append(term);
            }
        }
        return out.toString();
    }

    private JavaExpr checked(View view, int axis, JavaExpr index) {
        JavaExpr lo = JavaExpr.stable(kernel.domainEnd(view, axis, false));
        JavaExpr hi = JavaExpr.stable(kernel.domainEnd(view, axis, true));
        return (Kernel.periodic(view) ? LoopApi.WRAP : LoopApi.CHECK)
                .call(kernel.unit(), index, lo, hi, JavaExpr.stable(Integer.toString(axis)));
    }
}
