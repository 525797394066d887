/** Tests of the engines, the transports and the collectives: whole jobs in this JVM and in others. */
@NullMarked
package org.pellang.runtime.bootstrap;

import org.jspecify.annotations.NullMarked;
