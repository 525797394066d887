/** Binary layouts as named constants, and the guard hash of collectives. Used by transports and collectives. */
@NullMarked
package org.pellang.runtime.wire;

import org.jspecify.annotations.NullMarked;
