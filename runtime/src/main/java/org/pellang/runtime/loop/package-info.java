/**
 * Divided loops: which rank runs which iterations, the exchange of what they read and write, reductions on the fixed tree, scans, channels and
 * collectives on PEL values. Used by generated programs.
 */
@NullMarked
package org.pellang.runtime.loop;

import org.jspecify.annotations.NullMarked;
