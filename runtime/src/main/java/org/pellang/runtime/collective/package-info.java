/** Collective operations, one class per algorithm, over an endpoint and a context. Used by Comm. */
@NullMarked
package org.pellang.runtime.collective;

import org.jspecify.annotations.NullMarked;
