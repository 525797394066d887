/** Matching, waiting and the board that shows who is blocked. Used by Comm, collectives and engines. */
@NullMarked
package org.pellang.runtime.progress;

import org.jspecify.annotations.NullMarked;
