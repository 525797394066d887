/** Tests of the rings and their arenas. */
@NullMarked
package org.pellang.runtime.transport.ring;

import org.jspecify.annotations.NullMarked;
