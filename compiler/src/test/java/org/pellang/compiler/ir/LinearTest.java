package org.pellang.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.typed.Var;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

class LinearTest {
    private static final Span NOWHERE = new Span(SourceFile.of("t.pel", ""), 0, 0);
    private final Var i = new Var(1, "i", Var.Kind.FORALL_INDEX, Type.Scalar.INT, NOWHERE);
    private final Var k = new Var(2, "k", Var.Kind.FOR_INDEX, Type.Scalar.INT, NOWHERE);

    @Test
    void differencesCancel() {
        Linear sum = Linear.of(i).plus(Linear.of(k), 2).plus(Linear.of(3), 1);
        assertThat(sum).hasToString("i + 2*k + 3");
        assertThat(sum.plus(Linear.of(i), -1)).hasToString("2*k + 3");
        assertThat(sum.plus(sum, -1).isConstant()).isTrue();
        assertThat(sum.times(-2).factor(k)).isEqualTo(-4);
        assertThat(sum.without(k)).hasToString("i + 3");
    }

    @Test
    void boundsFold() {
        Bound low = new Bound.LoopEnd(0, false);
        assertThat(Bound.sum(Bound.sum(low, new Bound.Const(-1)), new Bound.Const(1))).isEqualTo(low);
        assertThat(Bound.extreme(Bound.sum(low, new Bound.Const(-2)), low, false)).isEqualTo(Bound.sum(low, new Bound.Const(-2)));
        assertThat(Bound.extreme(Bound.sum(low, new Bound.Const(-2)), low, true)).isEqualTo(low);
        assertThat(Bound.scaled(new Bound.Const(4), -3)).isEqualTo(new Bound.Const(-12));
    }

    @Test
    void negativeFactorsTurnIntervalsRound() {
        Interval loop = new Interval(new Bound.LoopEnd(0, false), new Bound.LoopEnd(0, true));
        assertThat(loop.times(-1)).isEqualTo(new Interval(
                Bound.scaled(new Bound.LoopEnd(0, true), -1), Bound.scaled(new Bound.LoopEnd(0, false), -1)));
        assertThat(Interval.of(2).union(Interval.of(-5))).isEqualTo(new Interval(new Bound.Const(-5), new Bound.Const(2)));
    }
}
