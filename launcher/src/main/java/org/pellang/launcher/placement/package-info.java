/** Where ranks run and what each may use: cores, memory, JVM flags; used by the backends. */
@NullMarked
package org.pellang.launcher.placement;

import org.jspecify.annotations.NullMarked;
