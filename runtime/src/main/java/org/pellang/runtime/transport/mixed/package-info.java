/** Several transports as one: near ranks through memory, far ones over the network. */
@NullMarked
package org.pellang.runtime.transport.mixed;

import org.jspecify.annotations.NullMarked;
