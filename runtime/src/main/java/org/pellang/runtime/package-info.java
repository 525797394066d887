/**
 * The API that generated programs and plain Java programs see: rank, communicator, options, traps.
 * Anyone may use it; the packages below are for the runtime itself, except {@code value}, {@code array} and {@code loop}.
 */
@NullMarked
package org.pellang.runtime;

import org.jspecify.annotations.NullMarked;
