package org.pellang.compiler.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.SourceFile;
import org.pellang.compiler.source.Span;
import org.pellang.grammar.PelParser;

/**
 * Parses one top-level item after the other, so that only one item's contexts are in memory: first with fast SLL prediction, and
 * only an item that fails again with full prediction, recovery and messages.
 */
final class ItemParser {
    private final SourceFile file;
    private final SyntaxReport report;
    private final TreeReader tree;

    ItemParser(SourceFile file, SyntaxReport report) {
        this.file = file;
        this.report = report;
        this.tree = new TreeReader(file, report);
    }

    Program program() {
        List<CommonToken> written = TokenRepair.tokens(file);
        Span deep = Nesting.tooDeep(written, file);
        if (deep != null) {
            report.add(TooDeep.at(deep));
            return new Program(file, null, List.of(), null);
        }
        List<CommonToken> tokens = TokenRepair.repaired(written, file, report);
        DocComments docs = new DocComments(tokens);
        CommonTokenStream stream = new CommonTokenStream(new ListTokenSource(tokens));
        PelParser parser = new PelParser(stream);
        parser.removeErrorListeners();
        parser.addParseListener(new TreeTrimmer());
        AstBuilder builder = new AstBuilder(tree, docs);
        String module = module(parser, stream);
        List<Item> items = new ArrayList<>();
        while (stream.LA(1) != Token.EOF) {
            int before = stream.index();
            Item item = item(parser, stream, builder);
            if (item != null) {
                items.add(item);
            }
            if (stream.LA(1) == PelParser.SEMI) {
                stream.consume();
            } else if (stream.index() == before) {
                stream.consume(); // nothing understood: the error was reported, go on behind this token
            }
        }
        return new Program(file, module, List.copyOf(items), docs.head());
    }

    private @Nullable String module(PelParser parser, CommonTokenStream stream) {
        if (stream.LA(1) != PelParser.MODULE) {
            return null;
        }
        stream.consume();
        parser.setErrorHandler(new SyntaxErrors(file, report));
        String name = AstBuilder.moduleName(tree, parser.qname());
        if (stream.LA(1) == PelParser.SEMI) {
            stream.consume();
        }
        return name;
    }

    private @Nullable Item item(PelParser parser, CommonTokenStream stream, AstBuilder builder) {
        Token first = stream.LT(1);
        if (stands(first)) {
            return ValueStatement.skip(file, stream, report);
        }
        int start = stream.index();
        PelParser.ItemContext context;
        try {
            parser.setErrorHandler(new BailErrorStrategy());
            parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
            context = parser.item();
        } catch (ParseCancellationException _) {
            stream.seek(start);
            context = withMessages(parser);
        }
        return builder.item(context);
    }

    private PelParser.ItemContext withMessages(PelParser parser) {
        parser.getInterpreter().setPredictionMode(PredictionMode.LL);
        parser.setErrorHandler(new SyntaxErrors(file, report));
        return parser.item();
    }

    /** Whether an expression, not a statement, starts here. */
    private static boolean stands(Token first) {
        return Words.OPERANDS.contains(first.getType()) || Operators.isBinary(first.getType());
    }
}
