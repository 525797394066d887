package org.pellang.compiler.syntax;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.pellang.grammar.PelParser.*;

/**
 * Takes levels of operators that hold nothing but the next level out of the parse tree while it grows: a number would otherwise
 * cost thirteen contexts, and a large function gigabytes.
 */
final class TreeTrimmer implements ParseTreeListener {
    @Override
    public void exitEveryRule(ParserRuleContext context) {
        ParserRuleContext parent = context.getParent();
        boolean hollow = parent != null
                && context.exception == null
                && context.getChildCount() == 1
                && isLevel(context)
                && context.getChild(0) instanceof ParserRuleContext;
        if (hollow && parent.getChild(parent.getChildCount() - 1) == context) {
            ParserRuleContext child = (ParserRuleContext) context.getChild(0);
            parent.removeLastChild();
            parent.addAnyChild(child);
            child.setParent(parent);
        }
    }

    private static boolean isLevel(ParserRuleContext context) {
        return context instanceof OrExprContext || context instanceof AndExprContext || context instanceof NotExprContext
                || context instanceof ComparisonContext || context instanceof RangeExprContext || context instanceof BitOrContext
                || context instanceof BitXorContext || context instanceof BitAndContext || context instanceof ShiftContext
                || context instanceof SumContext || context instanceof ProductContext || context instanceof UnaryContext
                || context instanceof PowerContext;
    }

    @Override
    public void visitTerminal(TerminalNode node) {
        // stays
    }

    @Override
    public void visitErrorNode(ErrorNode node) {
        // stays
    }

    @Override
    public void enterEveryRule(ParserRuleContext context) {
        // nothing is known yet
    }
}
