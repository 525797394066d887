/** How the JVMs of a job learn of each other. Used by the backends. */
@NullMarked
package org.pellang.launcher.rendezvous;

import org.jspecify.annotations.NullMarked;
