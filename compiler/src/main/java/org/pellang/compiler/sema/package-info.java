/** Names and types: the syntax tree becomes the typed tree. Entry point: {@link org.pellang.compiler.sema.Checker}. */
@NullMarked
package org.pellang.compiler.sema;

import org.jspecify.annotations.NullMarked;
