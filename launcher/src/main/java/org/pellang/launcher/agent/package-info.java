/** What runs on each other host of a job, sent there by {@code org.pellang.launcher.ssh}: uses the JDK alone and two classes of this module. */
@NullMarked
package org.pellang.launcher.agent;

import org.jspecify.annotations.NullMarked;
