/** Tests of ranks that are reached in several ways. */
@NullMarked
package org.pellang.runtime.transport.mixed;

import org.jspecify.annotations.NullMarked;
