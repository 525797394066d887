/**
 * Checkpoints: the state of a loop at its header, written by all ranks together and read back on any number of ranks. Generated code uses
 * {@link org.pellang.runtime.checkpoint.CheckpointLoop}, engines {@link org.pellang.runtime.checkpoint.Checkpoints}.
 */
@NullMarked
package org.pellang.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
