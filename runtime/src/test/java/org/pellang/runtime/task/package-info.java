/** Tests of tasks over threads and ranks. */
@NullMarked
package org.pellang.runtime.task;

import org.jspecify.annotations.NullMarked;
