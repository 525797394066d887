/** Engines: start ranks, watch them, report failures and deadlocks. Used by the launcher and by tests. */
@NullMarked
package org.pellang.runtime.bootstrap;

import org.jspecify.annotations.NullMarked;
