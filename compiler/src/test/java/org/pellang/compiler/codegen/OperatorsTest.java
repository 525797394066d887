package org.pellang.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.TExpr.BinaryOp;
import org.pellang.compiler.sema.typed.TExpr.CompareOp;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.compiler.source.SourceFile;

/** Java for operators on hand-made operands. */
class OperatorsTest {
    private final JavaUnit unit = new JavaUnit(
            "P", new TypedProgram(SourceFile.of("p.pel", ""), List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of()));
    private final Operators operators = new Operators(unit);
    private final JavaExpr a = JavaExpr.primary("a");
    private final JavaExpr b = JavaExpr.primary("b");

    private String binary(BinaryOp op, Type type, JavaExpr right) {
        return operators.binary(op, type, a, right).text();
    }

    @Test
    void integerDivisionRoundsDownAndTrapsOnZero() {
        assertThat(binary(BinaryOp.FLOOR_DIV, Scalar.INT, b)).isEqualTo("IntFunctions.floorDiv(a, b)");
        assertThat(binary(BinaryOp.MOD, Scalar.INT, JavaLiteral.of(10L))).isEqualTo("Math.floorMod(a, 10L)");
        assertThat(binary(BinaryOp.MOD, Scalar.INT, JavaLiteral.of(8L))).isEqualTo("a & 7L");
        assertThat(binary(BinaryOp.FLOOR_DIV, Scalar.INT, JavaLiteral.of(8L))).isEqualTo("a >> 3");
        assertThat(binary(BinaryOp.FLOOR_DIV, Scalar.INT, JavaLiteral.of(-8L))).isEqualTo("Math.floorDiv(a, -8L)");
        assertThat(binary(BinaryOp.FLOOR_DIV, Scalar.INT, JavaLiteral.of(0L))).isEqualTo("IntFunctions.floorDiv(a, 0L)");
    }

    @Test
    void powersOfTwoByShiftAndMaskAgreeWithFloorDivision() {
        for (long x = -20; x <= 20; x++) {
            assertThat(x >> 3).isEqualTo(Math.floorDiv(x, 8L));
            assertThat(x & 7L).isEqualTo(Math.floorMod(x, 8L));
        }
    }

    @Test
    void shiftCountsBeyondTheWordAreNotJavas() {
        assertThat(binary(BinaryOp.SHL, Scalar.INT, JavaLiteral.of(3L))).isEqualTo("a << 3L");
        assertThat(binary(BinaryOp.SHL, Scalar.INT, JavaLiteral.of(64L))).isEqualTo("IntFunctions.shiftLeft(a, 64L)");
        assertThat(binary(BinaryOp.USHR, Scalar.INT, b)).isEqualTo("IntFunctions.shiftRightUnsigned(a, b)");
    }

    @Test
    void vectorsAreTheReceiverOnEitherSide() {
        assertThat(operators.binary(BinaryOp.MUL, Scalar.VEC3, Scalar.FLOAT, a, Scalar.VEC3, b).text()).isEqualTo("b.times(a)");
        assertThat(operators.binary(BinaryOp.DIV, Scalar.VEC3, Scalar.VEC3, a, Scalar.FLOAT, b).text()).isEqualTo("a.div(b)");
    }

    @Test
    void float32StaysInFloat() {
        assertThat(binary(BinaryOp.ADD, Scalar.FLOAT32, b)).isEqualTo("a + b");
        assertThat(binary(BinaryOp.POW, Scalar.FLOAT32, b)).isEqualTo("(float) MathFunctions.pow((double) a, (double) b)");
    }

    @Test
    void comparisonsByValue() {
        assertThat(operators.compare(CompareOp.LT, Scalar.STRING, a, b).text()).isEqualTo("Text.compare(a, b) < 0");
        assertThat(operators.compare(CompareOp.NE, Scalar.STRING, a, b).text()).isEqualTo("!a.equals(b)");
        assertThat(operators.compare(CompareOp.EQ, Scalar.FLOAT, a, b).text()).isEqualTo("a == b");
        assertThat(operators.compare(CompareOp.EQ, new Type.Tuple(List.of(Scalar.INT)), a, b).text()).isEqualTo("a.same(b)");
    }

    @Test
    void conversionsTrapWhereTheyLose() {
        assertThat(operators.convert(Scalar.FLOAT, Scalar.INT, a).text()).isEqualTo("IntFunctions.toInt(a)");
        assertThat(operators.convert(Scalar.FLOAT, Scalar.BYTE, a).text()).isEqualTo("IntFunctions.toByte(IntFunctions.toInt(a))");
        assertThat(operators.convert(Scalar.INT, Scalar.FLOAT, JavaLiteral.of(3L)).text()).isEqualTo("3.0");
        assertThat(operators.convert(Scalar.INT, Scalar.FLOAT, JavaLiteral.of(Long.MAX_VALUE)).text())
                .isEqualTo("(double) 9223372036854775807L");
        assertThat(operators.convert(Scalar.BOOL, Scalar.INT, a).text()).isEqualTo("a ? 1L : 0L");
        assertThat(operators.convert(Scalar.INT, Scalar.COMPLEX, a).text()).isEqualTo("Complex.of((double) a)");
    }

    @Test
    void recordsWithoutMutableComponentsAreNotCopied() {
        Type.Record near = new Type.Record("Near", List.of(new Type.Field("d", Scalar.FLOAT), new Type.Field("c", Scalar.INT)));
        Type.Record path = new Type.Record("Path", List.of(new Type.Field("steps", new Type.ListOf(Scalar.INT))));
        assertThat(operators.copy(near, a)).isSameAs(a);
        assertThat(operators.copy(path, a).text()).isEqualTo("a.copy()");
        assertThat(Column.of(near)).hasSize(2);
        assertThat(Column.of(path)).singleElement().matches(Column::isObject);
    }
}
