/** Tests of the MPI transport: the table of binary interfaces against what is installed. */
@NullMarked
package org.pellang.runtime.transport.mpi;

import org.jspecify.annotations.NullMarked;
