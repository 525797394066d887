/** Java for divided loops: outlined nests over primitive columns, and the calls around them that communicate. */
@NullMarked
package org.pellang.compiler.codegen.loop;

import org.jspecify.annotations.NullMarked;
