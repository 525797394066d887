/**
 * Messages through the MPI library of the machine, called by the Foreign Function and Memory API: its binary interface as a table, and the transport. Used by the
 * engines {@code openmpi} and {@code mpich}.
 */
@NullMarked
package org.pellang.runtime.transport.mpi;

import org.jspecify.annotations.NullMarked;
