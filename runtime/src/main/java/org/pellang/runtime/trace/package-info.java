/** The flight recorder: what a rank did last. A leaf: depends on nothing but the API's data types. */
@NullMarked
package org.pellang.runtime.trace;

import org.jspecify.annotations.NullMarked;
