/** How messages get from one rank to another, without matching: the contract of all transports. */
@NullMarked
package org.pellang.runtime.transport;

import org.jspecify.annotations.NullMarked;
