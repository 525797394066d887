package org.pellang.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.source.SourceFile;

/** Numbers, strings, doc comments and the shape of expressions. */
class LiteralsTest {
    private static Expr value(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Program program = Parser.parse(SourceFile.of("t.pel", "let x = " + text), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        Expr value = ((Stmt.VarDecl) program.items().getFirst()).value();
        assertThat(value).isNotNull();
        return value;
    }

    private static long whole(String text) {
        return ((Expr.IntLiteral) value(text)).value();
    }

    private static String text(String literal) {
        return ((Expr.StringPart.Text) ((Expr.StringLiteral) value(literal)).parts().getFirst()).value();
    }

    @Test
    void ints() {
        assertThat(whole("1_000_000")).isEqualTo(1_000_000);
        assertThat(whole("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(whole("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(whole("0xff")).isEqualTo(255);
        assertThat(whole("0xffff_ffff_ffff_ffff")).isEqualTo(-1);
    }

    @Test
    void intsOutOfRange() {
        for (String literal : List.of("9223372036854775808", "0x1ffffffffffffffff", "99999999999999999999", "- -9223372036854775809")) {
            Diagnostics diagnostics = new Diagnostics();
            Parser.parse(SourceFile.of("t.pel", "let x = " + literal), diagnostics);
            assertThat(diagnostics.sorted()).as(literal).extracting(Diagnostic::code).containsExactly("PEL0206");
        }
    }

    @Test
    void floats() {
        assertThat(((Expr.FloatLiteral) value("1_0.5e-3")).value()).isEqualTo(0.0105);
        assertThat(((Expr.FloatLiteral) value("1e400")).value()).isInfinite();
        assertThat(((Expr.ImaginaryLiteral) value("2.5i")).value()).isEqualTo(2.5);
    }

    @Test
    void escapes() {
        assertThat(text("\"a\\n\\t\\\\\\\"\\u{1F600}\\0{{}}\"")).isEqualTo("a\n\t\\\"\uD83D\uDE00\0{}");
    }

    @Test
    void interpolationsNest() {
        Expr.StringLiteral s = (Expr.StringLiteral) value("\"a {show(\"{n:3d} b\")} c {m[1]:>10.3f}\"");
        assertThat(s.parts()).hasSize(4);
        Expr.StringPart.Interpolated last = (Expr.StringPart.Interpolated) s.parts().get(3);
        assertThat(last.spec()).isEqualTo(">10.3f");
        Expr.Call show = (Expr.Call) ((Expr.StringPart.Interpolated) s.parts().get(1)).value();
        Expr.StringLiteral inner = (Expr.StringLiteral) show.arguments().getFirst().value();
        assertThat(((Expr.StringPart.Interpolated) inner.parts().getFirst()).spec()).isEqualTo("3d");
    }

    @Test
    void precedenceIsPythons() {
        assertThat(shape("-2 ** 2")).isEqualTo("-(2 ** 2)");
        assertThat(shape("2 ** -1")).isEqualTo("(2 ** -1)");
        assertThat(shape("2 ** 3 ** 2")).isEqualTo("(2 ** (3 ** 2))");
        assertThat(shape("1 | 2 ^ 3 & 4 << 5 + 6")).isEqualTo("(1 | (2 ^ (3 & (4 << (5 + 6)))))");
        assertThat(shape("not a == b and c or d")).isEqualTo("((not(a == b) and c) or d)");
        assertThat(shape("a - b - c")).isEqualTo("((a - b) - c)");
        assertThat(shape("a // b % c * d")).isEqualTo("(((a // b) % c) * d)");
    }

    private static String shape(String text) {
        return shape(value(text));
    }

    private static String shape(Expr e) {
        return e instanceof Expr.Binary b
                ? "(" + shape(b.left()) + " " + b.op().text + " " + shape(b.right()) + ")"
                : e instanceof Expr.Unary u ? u.op().text + shape(u.operand()) : e.span().text();
    }

    @Test
    void docComments() {
        String text = """
                ## Heat on a plate.
                ## Second line.

                ## number of points
                config n = 3
                config m = 4   ## number of steps
                # a plain comment
                config k = 5
                """;
        Program program = Parser.parse(SourceFile.of("t.pel", text), new Diagnostics());
        assertThat(program.doc()).isEqualTo("Heat on a plate.\nSecond line.");
        assertThat(program.items()).extracting(i -> ((Stmt.Config) i).doc())
                .containsExactly("number of points", "number of steps", null);
    }

    @Test
    void spansAreExact() {
        String text = "fn f(x: float) = (1.0 + x) * 2.0";
        Program program = Parser.parse(SourceFile.of("t.pel", "# é\uD83D\uDE00\n" + text), new Diagnostics());
        Item.Function f = (Item.Function) program.items().getFirst();
        assertThat(f.span().text()).isEqualTo(text);
        Expr.Binary body = (Expr.Binary) f.body().expression();
        assertThat(body).isNotNull();
        assertThat(body.right().span().text()).isEqualTo("2.0");
        assertThat(body.opSpan().text()).isEqualTo("*");
        assertThat(f.params().getFirst().span().text()).isEqualTo("x: float");
    }
}
