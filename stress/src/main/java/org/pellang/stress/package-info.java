/** Races of the runtime's lock-free parts, for jcstress: every outcome that may be seen is listed, all others are faults. */
@NullMarked
package org.pellang.stress;

import org.jspecify.annotations.NullMarked;
