package org.pellang.quality.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.junit.jupiter.api.Test;
import org.pellang.compiler.sema.typed.Intrinsic;
import org.pellang.compiler.sema.typed.ReduceOp;
import org.pellang.compiler.sema.typed.TExpr;
import org.pellang.compiler.sema.typed.TStmt;
import org.pellang.compiler.sema.typed.TreeWalk;
import org.pellang.compiler.sema.typed.TypedProgram;
import org.pellang.grammar.PelLexer;
import org.pellang.grammar.PelParser;

/**
 * What compiles is compared by random programs: each rule, alternative and token of the grammar, and each kind of node of the typed tree occurs in them, except
 * for those that are named here with the reason. A new construct makes this test fail until the generators write it.
 */
class GeneratorCoverageTest {
    private static final int PARSED = 200;
    private static final int TYPED = 200;

    private static final String FILES = "belongs to several files or to Java: ModulesTest, EmbeddingTest, the programs of ProgramsTest";
    private static final String WRONG = "only in programs that are wrong";

    private static final Map<String, String> NOT_WRITTEN = Map.ofEntries(
            Map.entry("UseDecl", FILES),
            Map.entry("ExternDecl", FILES),
            Map.entry("ExternFn", FILES),
            Map.entry("Nested", WRONG),
            Map.entry("USE", FILES),
            Map.entry("MODULE", FILES),
            Map.entry("EXTERN", FILES),
            Map.entry("JAVA", FILES),
            Map.entry("PURE", FILES),
            Map.entry("BROKEN_STRING", WRONG),
            Map.entry("STR_LONE_RBRACE", WRONG),
            Map.entry("STR_BACKSLASH", WRONG),
            Map.entry("FOREIGN", WRONG),
            Map.entry("UNKNOWN", WRONG));

    private static final String ENDS = "ends the job or is not deterministic: the programs of ProgramsTest and TrapsTest";

    private static final Map<String, String> NOT_TYPED = Map.ofEntries(
            Map.entry("Bad", WRONG),
            Map.entry("HOST", ENDS),
            Map.entry("CLOCK", ENDS),
            Map.entry("LOCAL_CLOCK", ENDS),
            Map.entry("ABORT", ENDS),
            Map.entry("SAVE", "files: ExamplesTest"),
            Map.entry("LOAD", "files: ExamplesTest"),
            Map.entry("LINES", "files: ExamplesTest"),
            Map.entry("PLOT_IMAGE", "files: ExamplesTest"),
            Map.entry("PLOT_LINE", "files: ExamplesTest"),
            Map.entry("NOTE", ENDS),
            Map.entry("RECV_ANY", ENDS),
            Map.entry("THREADS", "differs between the runs that are compared"),
            Map.entry("SCAN", "the runtime's; programs write exscan"),
            Map.entry("INSPECT", "only in the inspectors that the compiler makes"));

    private final Toolchain toolchain = new Toolchain();

    @Test
    void programsHoldEachRuleAndTokenOfTheGrammar() {
        Set<String> seen = new TreeSet<>();
        texts(PARSED).forEach(text -> {
            CommonTokenStream tokens = new CommonTokenStream(new PelLexer(CharStreams.fromString(text)));
            collect(new PelParser(tokens).program(), seen);
            tokens.getTokens().stream().map(Token::getType).filter(t -> t > 0).forEach(t -> seen.add(PelLexer.VOCABULARY.getSymbolicName(t)));
        });
        Set<String> all = new TreeSet<>();
        List<Class<?>> rules = Arrays.stream(PelParser.class.getDeclaredClasses()).filter(ParserRuleContext.class::isAssignableFrom).collect(Collectors.toList());
        rules.stream().filter(r -> rules.stream().noneMatch(other -> other.getSuperclass() == r)).forEach(r -> all.add(name(r)));
        for (int t = 1; t <= PelLexer.VOCABULARY.getMaxTokenType(); t++) {
            all.add(PelLexer.VOCABULARY.getSymbolicName(t));
        }
        all.removeAll(Set.of("DOC", "COMMENT", "NEWLINE", "WS", "STR_EOL", "SPEC_EOL", "SPEC_OPEN", "SPEC_CLOSE", "SPEC_QUOTE"));
        check(all, seen, NOT_WRITTEN);
    }

    @Test
    void programsHoldEachKindOfNodeOfTheTypedTree() {
        Set<String> seen = new TreeSet<>();
        texts(TYPED).forEach(text -> {
            TypedProgram program = typed(text);
            if (program != null) {
                TreeWalk.outermost(program, s -> statements(s, seen));
                TreeWalk.everyExpression(program, e -> expression(e, seen));
            }
        });
        Set<String> all = new TreeSet<>();
        Stream.of(TExpr.class, TStmt.class).flatMap(t -> Arrays.stream(t.getPermittedSubclasses())).forEach(t -> all.add(t.getSimpleName()));
        List<Enum<?>> kinds = new ArrayList<>(List.of(Intrinsic.values()));
        kinds.addAll(List.of(ReduceOp.Builtin.values()));
        kinds.addAll(List.of(TExpr.CollectiveKind.values()));
        kinds.addAll(List.of(TExpr.ChannelKind.values()));
        kinds.forEach(k -> all.add(k.name()));
        check(all, seen, NOT_TYPED);
    }

    private static void check(Set<String> all, Set<String> seen, Map<String, String> exceptions) {
        Set<String> missing = new TreeSet<>(all);
        missing.removeAll(seen);
        missing.removeAll(exceptions.keySet());
        assertThat(missing).as("never generated").isEmpty();
        assertThat(exceptions.keySet().stream().filter(seen::contains)).as("generated after all").isEmpty();
        assertThat(all).as("no such thing").containsAll(exceptions.keySet());
    }

    private static Stream<String> texts(int count) {
        return LongStream.range(0, count).mapToObj(k -> ProgramGenerator.generate(ProgramGenerator.EVERY_CONSTRUCT + k).text());
    }

    /** Null: constant folding has found a mistake that nobody meant to write. */
    private @org.jspecify.annotations.Nullable TypedProgram typed(String text) {
        try {
            return toolchain.typed("p.pel", text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void collect(ParseTree tree, Set<String> seen) {
        seen.add(name(tree.getClass()));
        for (int k = 0; k < tree.getChildCount(); k++) {
            collect(tree.getChild(k), seen);
        }
    }

    private static String name(Class<?> rule) {
        return rule.getSimpleName().replaceFirst("Context$", "");
    }

    private static void statements(TStmt s, Set<String> seen) {
        seen.add(s.getClass().getSimpleName());
        if (s instanceof TStmt.Forall f) {
            f.reductions().forEach(r -> operator(r.op(), seen));
        }
        TreeWalk.statements(s).forEach(inner -> statements(inner, seen));
    }

    private static void expression(TExpr e, Set<String> seen) {
        seen.add(e.getClass().getSimpleName());
        switch (e) {
            case TExpr.IntrinsicCall c -> seen.add(c.intrinsic().name());
            case TExpr.Reduce r -> operator(r.op(), seen);
            case TExpr.Scan s -> operator(s.op(), seen);
            case TExpr.Collective c -> seen.add(c.kind().name());
            case TExpr.ChannelOp c -> seen.add(c.kind().name());
            default -> {}
        }
    }

    private static void operator(ReduceOp op, Set<String> seen) {
        if (op instanceof ReduceOp.Builtin b) {
            seen.add(b.name());
        }
    }
}
