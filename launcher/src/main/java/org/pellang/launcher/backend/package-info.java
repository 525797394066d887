/** Starts the ranks of a job, watches them and ends them; used by the command line. */
@NullMarked
package org.pellang.launcher.backend;

import org.jspecify.annotations.NullMarked;
