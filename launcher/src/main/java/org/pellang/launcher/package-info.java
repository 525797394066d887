/** What a job is and how it ended: {@link org.pellang.launcher.JobSpec}, {@link org.pellang.launcher.Outcome}; used by the command line. */
@NullMarked
package org.pellang.launcher;

import org.jspecify.annotations.NullMarked;
