/** The PEL compiler as a library: {@link org.pellang.compiler.PelCompiler}. It prints nothing and never exits. */
@NullMarked
package org.pellang.compiler;

import org.jspecify.annotations.NullMarked;
