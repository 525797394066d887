/** Tasks of one rank: spawned functions, run by its threads, stolen by idle ones. Generated code uses {@link org.pellang.runtime.task.TaskPool}. */
@NullMarked
package org.pellang.runtime.task;

import org.jspecify.annotations.NullMarked;
