package org.pellang.compiler.sema;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.source.Span;

/** The value of a variable that is declared without one. */
final class Zeros {
    private Zeros() {}

    /** Zero, false, "", an empty list or map, a record or tuple of such; null if the type has none. */
    static @Nullable TExpr of(Type type, Span span) {
        return switch (type) {
            case Scalar t -> scalar(t, span);
            case Type.Tuple t -> {
                List<TExpr> parts = all(t.elements(), span);
                yield parts == null ? null : new TExpr.TupleNew(span, t, parts);
            }
            case Type.Record r -> {
                List<TExpr> parts = r.fields().stream().map(f -> field(f, span)).filter(Objects::nonNull).toList();
                yield parts.size() < r.fields().size() ? null : new TExpr.RecordNew(span, r, parts);
            }
            case Type.ListOf l -> new TExpr.ListNew(span, l, List.of());
            case Type.Array a -> null;
            case Type.MapOf m -> new TExpr.MapNew(span, m, null);
            case Type.Function f -> null;
            case Type.Domain d -> null;
            case Type.Channel c -> null;
            case Type.Future f -> null;
            case Type.Request r -> null;
            case Type.Team t -> null;
        };
    }

    private static @Nullable TExpr field(Type.Field f, Span span) {
        if (f.type() instanceof Type.Array a) {
            List<Long> extents = f.extents().isEmpty() ? java.util.Collections.nCopies(a.axes(), 0L) : f.extents();
            return new TExpr.ArrayFill(span, a, Domains.ofExtents(extents, span), null);
        }
        return of(f.type(), span);
    }

    private static @Nullable List<TExpr> all(List<Type> types, Span span) {
        List<TExpr> parts = types.stream().map(t -> of(t, span)).filter(Objects::nonNull).toList();
        return parts.size() == types.size() ? parts : null;
    }

    private static @Nullable TExpr scalar(Scalar t, Span span) {
        return switch (t) {
            case INT, INT32, INT16, BYTE -> new TExpr.Constant(span, Scalar.INT, 0L);
            case FLOAT, FLOAT32 -> new TExpr.Constant(span, t, 0.0);
            case BOOL -> new TExpr.Constant(span, t, false);
            case STRING -> new TExpr.Constant(span, t, "");
            case COMPLEX -> new TExpr.ComplexConstant(span, t, 0.0, 0.0);
            case VEC2, VEC3, VEC4 ->
                new TExpr.IntrinsicCall(
                        span, t, Intrinsic.SPLAT, List.of(new TExpr.Constant(span, Scalar.FLOAT, 0.0)));
            case ERROR -> new TExpr.Bad(span, t);
            case VOID -> null;
        };
    }
}
