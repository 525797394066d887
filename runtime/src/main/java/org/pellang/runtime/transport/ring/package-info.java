/** Rings of cells in memory that ranks share: the transport of threads and of processes; they differ in doorbells and in lending. */
@NullMarked
package org.pellang.runtime.transport.ring;

import org.jspecify.annotations.NullMarked;
