/** Transport between the JVMs of one machine: a mapped file with rings of cells, a shared arena and futex doorbells. */
@NullMarked
package org.pellang.runtime.transport.shm;

import org.jspecify.annotations.NullMarked;
