/** Tests of memory and files. */
@NullMarked
package org.pellang.runtime.memory;

import org.jspecify.annotations.NullMarked;
