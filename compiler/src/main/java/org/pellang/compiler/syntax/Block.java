package org.pellang.compiler.syntax;

import java.util.List;
import org.pellang.compiler.source.Span;

/** Statements in braces. */
public record Block(Span span, List<Stmt> statements) {}
