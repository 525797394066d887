/** {@code pel doc}: reads the {@code ##} comments of programs and of the standard library and writes them as HTML or Markdown. */
@NullMarked
package org.pellang.compiler.doc;

import org.jspecify.annotations.NullMarked;
