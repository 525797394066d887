/** The syntax tree: what was written, before names and types are known. */
@NullMarked
package org.pellang.compiler.syntax;

import org.jspecify.annotations.NullMarked;
