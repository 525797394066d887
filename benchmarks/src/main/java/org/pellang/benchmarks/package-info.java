/** Measurements of PEL beside C and MPI; used by {@code benchmarks/run}. */
@NullMarked
package org.pellang.benchmarks;

import org.jspecify.annotations.NullMarked;
