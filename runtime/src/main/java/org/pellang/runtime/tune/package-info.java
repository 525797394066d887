/** Measures the algorithms of the collectives and writes the table that chooses among them: {@code pel tune}. */
@NullMarked
package org.pellang.runtime.tune;

import org.jspecify.annotations.NullMarked;
