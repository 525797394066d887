/** Tests of what all transports share. */
@NullMarked
package org.pellang.runtime.transport;

import org.jspecify.annotations.NullMarked;
