/** Writes Java source from the typed program: pure text in memory, no files; {@code build} compiles it. */
@NullMarked
package org.pellang.compiler.codegen;

import org.jspecify.annotations.NullMarked;
