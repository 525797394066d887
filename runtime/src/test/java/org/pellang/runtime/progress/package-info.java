/** Tests of matching and waiting in parts. */
@NullMarked
package org.pellang.runtime.progress;

import org.jspecify.annotations.NullMarked;
