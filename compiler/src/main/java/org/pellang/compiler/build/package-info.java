/** From Java source to a jar: javac in this process, {@code .pel} lines in the classes, a jar with the same bytes for the same program. */
@NullMarked
package org.pellang.compiler.build;

import org.jspecify.annotations.NullMarked;
