package org.pellang.compiler.codegen;

import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.TExpr;

/** Which expressions make a new array, list or record, so that keeping their value needs no copy. */
public final class Freshness {
    private Freshness() {}

    /** Whether nobody else holds the value. */
    public static boolean isFresh(TExpr e) {
        return switch (e) {
            case TExpr.Read _, TExpr.Element _, TExpr.Component _ -> false;
            case TExpr.Conditional c -> isFresh(c.then()) && isFresh(c.otherwise());
            case TExpr.IntrinsicCall c -> c.intrinsic() != Intrinsic.UNIQUE && (c.intrinsic() != Intrinsic.SHAPED || isFresh(c.arguments().getFirst()));
            case TExpr.Convert c -> c.value().type() != c.target() || isFresh(c.value());
            case TExpr.Constant _, TExpr.ComplexConstant _, TExpr.Interpolation _, TExpr.Unary _, TExpr.Binary _ -> true;
            case TExpr.Compare _, TExpr.Logical _, TExpr.TupleNew _, TExpr.RecordNew _, TExpr.ArrayNew _ -> true;
            case TExpr.ArrayFill _, TExpr.ListNew _, TExpr.MapNew _, TExpr.Slice _, TExpr.Call _, TExpr.CallValue _ -> true;
            case TExpr.FunctionValue _, TExpr.ExternCall _, TExpr.Range _, TExpr.DomainNew _, TExpr.Reduce _ -> true;
            case TExpr.Scan _, TExpr.ArrayComprehension _, TExpr.Collective _, TExpr.ChannelOp _, TExpr.Bad _ -> true;
            case TExpr.RemoteRead _, TExpr.Spawn _ -> true;
        };
    }
}
