/** Messages to the user, with spans, labels, notes and fixes. */
@NullMarked
package org.pellang.compiler.diagnostic;

import org.jspecify.annotations.NullMarked;
