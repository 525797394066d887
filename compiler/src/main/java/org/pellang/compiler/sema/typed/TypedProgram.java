package org.pellang.compiler.sema.typed;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;

/**
 * A checked program: names resolved, functions specialised.
 *
 * @param file the main file
 * @param modules the other files, in the order in which their statements run
 * @param doc its head comment, or null
 * @param configs the program's options in order
 * @param records record types in order of declaration
 * @param functions specialised functions; {@code functions.get(k).id() == k}
 * @param body top-level statements in order (config, domain and channel declarations are {@link TStmt.Declare})
 * @param tests tests of the main file
 * @param exports functions of the main file that Java may call, in order; empty unless asked for
 */
public record TypedProgram(
        SourceFile file,
        List<SourceFile> modules,
        @Nullable String doc,
        List<Config> configs,
        List<Type.Record> records,
        List<TFunction> functions,
        List<TStmt> body,
        List<TTest> tests,
        List<TExport> exports) {

    /** {@code config n = 100}; type is int, float, bool or string. {@code defaultText} is the source of the default. */
    public record Config(Var variable, TExpr defaultValue, String defaultText, @Nullable String doc) {}

    /**
     * One specialised function. Falling off the end of a function with result gives an error in the checker.
     *
     * @param declared span of the name
     * @param params parameters, kinds PARAM or MUT_PARAM; captured variables of a lambda first
     * @param result VOID if none
     * @param body statements; an expression body is a single Return
     */
    public record TFunction(int id, String name, Span declared, List<Var> params, Type result, TStmt.TBlock body) {}

    /**
     * A top-level function that Java may call if its types allow it.
     *
     * @param function its instance for the written types of its parameters; empty if one has none
     */
    public record TExport(String name, OptionalInt function, @Nullable String doc) {}

    /** {@code test "name" ranks 1, 2 {}}; no ranks given: 1, 2, 4. */
    public record TTest(Span span, String name, List<Integer> ranks, TStmt.TBlock body) {}
}
