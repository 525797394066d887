package org.pellang.compiler.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.source.SourceFile;

/**
 * The syntax tree of one file.
 *
 * @param file the file
 * @param module the name after {@code module}, or null
 * @param items declarations and statements in order
 * @param doc the {@code ##} text at the head of the file, or null
 */
public record Program(SourceFile file, @Nullable String module, List<Item> items, @Nullable String doc) {}
