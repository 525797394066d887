package org.pellang.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Parentheses where Java needs them and nowhere else. */
class JavaExprTest {
    private static final JavaExpr A = JavaExpr.primary("a");
    private static final JavaExpr B = JavaExpr.stable("b");

    @Test
    void leftAssociativeOperatorsNestToTheLeftOnly() {
        JavaExpr difference = JavaExpr.infix(JavaExpr.SUM, A, "-", B);
        assertThat(JavaExpr.infix(JavaExpr.SUM, difference, "-", A).text()).isEqualTo("a - b - a");
        assertThat(JavaExpr.infix(JavaExpr.SUM, A, "-", difference).text()).isEqualTo("a - (a - b)");
        assertThat(JavaExpr.infix(JavaExpr.PRODUCT, difference, "*", B).text()).isEqualTo("(a - b) * b");
    }

    @Test
    void minusOfMinusIsNoDecrement() {
        assertThat(JavaExpr.prefix("-", JavaLiteral.of(-1.0)).text()).isEqualTo("-(-1.0)");
        assertThat(JavaExpr.infix(JavaExpr.SUM, A, "-", JavaLiteral.of(-1L)).text()).isEqualTo("a - -1L");
    }

    @Test
    void castsBindLikePrefixOperators() {
        assertThat(JavaExpr.prefix("(double) ", JavaExpr.infix(JavaExpr.SUM, A, "+", B)).text()).isEqualTo("(double) (a + b)");
        assertThat(JavaExpr.prefix("(double) ", A).receiver()).isEqualTo("((double) a)");
    }

    @Test
    void stableIfAllPartsAre() {
        assertThat(JavaExpr.infix(JavaExpr.SUM, B, "+", B).stable()).isTrue();
        assertThat(JavaExpr.infix(JavaExpr.SUM, A, "+", B).stable()).isFalse();
        assertThat(B.unstable().stable()).isFalse();
    }

    @Test
    void literalsKeepTheirBits() {
        assertThat(JavaLiteral.of(Long.MIN_VALUE).text()).isEqualTo("Long.MIN_VALUE");
        assertThat(JavaLiteral.of(-0.0).text()).isEqualTo("-0.0");
        assertThat(JavaLiteral.of(Double.MIN_VALUE).text()).isEqualTo("4.9E-324");
        assertThat(JavaLiteral.of(Double.NaN).text()).isEqualTo("Double.NaN");
        assertThat(JavaLiteral.of(Float.NEGATIVE_INFINITY).text()).isEqualTo("Float.NEGATIVE_INFINITY");
        assertThat(JavaLiteral.string("a\"\\\n\u00e9\u0007")).isEqualTo("\"a\\\"\\\\\\n\\u00e9\\u0007\"");
    }
}
