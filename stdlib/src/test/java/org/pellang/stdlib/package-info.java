/** Tests of the standard library; expectations from CPython and published vectors are resources beside them. */
@NullMarked
package org.pellang.stdlib;

import org.jspecify.annotations.NullMarked;
