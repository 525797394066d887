/** Other hosts of a job: the system's ssh carries one conversation with each, and JVMs there look like processes here. */
@NullMarked
package org.pellang.launcher.ssh;

import org.jspecify.annotations.NullMarked;
