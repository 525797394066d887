/**
 * The values of PEL that are objects in Java: complex numbers, small vectors, lists, functions, and the codecs that carry values between ranks.
 * Used by generated programs, the standard library and the rest of the runtime.
 */
@NullMarked
package org.pellang.runtime.value;

import org.jspecify.annotations.NullMarked;
