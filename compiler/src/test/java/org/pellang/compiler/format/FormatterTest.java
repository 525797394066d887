package org.pellang.compiler.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pellang.compiler.diagnostic.Diagnostics;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.syntax.Parser;
import org.pellang.compiler.syntax.Program;
import org.pellang.compiler.syntax.SyntaxPrinter;

/** Formatting keeps the tree and the comments, is idempotent, and looks as it should. */
final class FormatterTest {
    /** Design programs, the examples, and the programs of the other tests. */
    private static List<String> programs() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String folder : List.of("src/test/pel", "../examples", "../quality/src/test/pel", "../stdlib/src/main/resources")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".pel") && !f.toString().contains("/target/")).sorted().toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        assertThat(texts).hasSizeGreaterThan(50);
        return texts;
    }

    @Test
    void keepsTreesAndIsIdempotent() throws IOException {
        int formatted = 0;
        for (String text : programs()) {
            formatted += checked(text) ? 1 : 0;
        }
        assertThat(formatted).isGreaterThan(50);
    }

    @Test
    void keepsTreesHoweverTheLinesAreBroken() throws IOException {
        Random random = new Random(7);
        int formatted = 0;
        List<String> programs = programs();
        for (int run = 0; run < 150; run++) {
            formatted += checked(mutated(programs.get(random.nextInt(programs.size())), random)) ? 1 : 0;
        }
        assertThat(formatted).isGreaterThan(8);
    }

    @Test
    void everyOneLineProgramIsBroken() throws IOException {
        int formatted = 0;
        List<String> programs = programs();
        for (int k = 0; k < programs.size(); k += 3) {
            String text = programs.get(k);
            String flat = text.replaceAll("(?m)#.*$", "").replaceAll("\\s+", " ").strip();
            formatted += checked(flat) ? 1 : 0;
        }
        assertThat(formatted).isGreaterThan(13);
    }

    /** Other line breaks, white space, comments and separators; often no program any more. */
    private static String mutated(String text, Random random) {
        StringBuilder out = new StringBuilder(text);
        for (int i = random.nextInt(1, 12); i > 0 && out.length() > 2; i--) {
            int at = random.nextInt(out.length());
            char c = out.charAt(at);
            switch (random.nextInt(6)) {
                case 0 -> out.insert(at, "\n");
                case 1 -> out.insert(at, c == ' ' || c == '\n' ? " # remark\n" : "  ");
                case 2 -> out.insert(at, c == '\n' ? "  ## said" : " ");
                case 3 -> out.insert(at, c == '\n' ? ";" : "\n\n\n");
                case 4 -> {
                    if (c == '\n') {
                        out.setCharAt(at, ' ');
                    }
                }
                default -> out.insert(at, c == '{' || c == '}' ? "\n" : "\t");
            }
        }
        return out.toString();
    }

    /** False if it is no program. */
    private static boolean checked(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Program program = Parser.parse(SourceFile.of("x.pel", text), diagnostics);
        if (diagnostics.hasErrors()) {
            assertThat(Formatter.format(SourceFile.of("x.pel", text), new Diagnostics())).isEmpty();
            return false;
        }
        String once = format(text);
        assertThat(format(once)).as("formatted twice:\n%s", text).isEqualTo(once);
        Program after = Parser.parse(SourceFile.of("x.pel", once), diagnostics);
        assertThat(withoutPlaces(after)).as("tree of:\n%s\nis not that of:\n%s", once, text).isEqualTo(withoutPlaces(program));
        assertThat(comments(once)).isEqualTo(comments(text));
        assertThat(once).doesNotContain(" \n", "\n\n\n").endsWith("\n").doesNotStartWith("\n");
        return true;
    }

    private static String withoutPlaces(Program program) {
        return SyntaxPrinter.print(program).replaceAll(" \\d+:\\d+-[\\d:]+", "");
    }

    private static List<String> comments(String text) {
        return Stream.of(text.replaceAll("\"[^\"\\n]*\"", "").split("[\r\n]+")).filter(l -> l.contains("#")).map(l -> l.substring(l.indexOf('#')).strip()).toList();
    }

    private static String format(String text) {
        Diagnostics diagnostics = new Diagnostics();
        return text.isBlank() ? "" : Formatter.format(SourceFile.of("x.pel", text), diagnostics).orElseThrow(() -> new AssertionError(diagnostics.sorted()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x=4.0*p[i,j]-p[i - 1,j]          | x = 4.0*p[i, j] - p[i-1, j]
            x=0.25*( a+b )                   | x = 0.25 * (a + b)
            x=(a/b)*c+d                      | x = (a / b) * c + d
            x=a[ i*n//P ]+a[(i+1)%n]+h[i%7]  | x = a[i * n // P] + a[(i+1) % n] + h[i % 7]
            x=price ** 2-1                   | x = price**2 - 1
            domain G[0 .. n + 1,0..<m] dist(block,*) | domain G[0..n+1, 0..<m] dist (block, *)
            for i in 10 .. 1 by - 3{f( -i,~ k )} | for i in 10..1 by -3 { f(-i, ~k) }
            var l:list[_]float               | var l: list [_] float
            list[0]=by-1                     | list[0] = by - 1
            let f=fn( x:int )=x+1;           | let f = fn(x: int) = x + 1
            w [ i ] @ r+=1                   | w[i]@r += 1
            a=1 b=2;c=3                      | a = 1   b = 2; c = 3
            if a{}else if b{c()}             | if a {} else if b { c() }
            """)
    void spacing(String written, String expected) {
        assertThat(format(written)).isEqualTo(expected + "\n");
    }

    @Test
    void blocksCommentsAndBlankLines() {
        assertThat(format("""


                fn f(x)
                {


                    let y = x    # one
                    let longer = y        # two
                      # alone
                    if y > 0 { return y
                    } # end
                    else { y = 1; }

                }



                ## documented
                config n = 1"""))
                .isEqualTo("""
                        fn f(x) {
                          let y = x       # one
                          let longer = y  # two
                          # alone
                          if y > 0 {
                            return y
                          }  # end
                          else { y = 1 }
                        }

                        ## documented
                        config n = 1
                        """);
    }

    @Test
    void longLinesAreBroken() {
        assertThat(format("forall (i, j) in inner { first[i, j] = second[i-1, j] + third[i+1, j]  fourth[i, j] = fifth[i-1, j] + sixth[i+1, j] }"))
                .isEqualTo("""
                        forall (i, j) in inner {
                          first[i, j] = second[i-1, j] + third[i+1, j]
                          fourth[i, j] = fifth[i-1, j] + sixth[i+1, j]
                        }
                        """);
        String arguments = "argument_number_one, argument_number_two, argument_number_three, argument_number_four, argument_number_five";
        assertThat(format("let result = compute(" + arguments + ")"))
                .isEqualTo("""
                        let result = compute(argument_number_one, argument_number_two, argument_number_three,
                            argument_number_four, argument_number_five)
                        """);
    }

    @Test
    void aTextWithErrorsIsRefusedWithMessages() {
        Diagnostics diagnostics = new Diagnostics();
        assertThat(Formatter.format(SourceFile.of("x.pel", "let x = (1"), diagnostics)).isEmpty();
        assertThat(diagnostics.hasErrors()).isTrue();
    }
}
