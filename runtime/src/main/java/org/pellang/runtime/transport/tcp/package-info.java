/** Messages between hosts over TCP: the transport, how connections are made and proved, and how failures are seen. */
@NullMarked
package org.pellang.runtime.transport.tcp;

import org.jspecify.annotations.NullMarked;
