/** Tests of single connections. */
@NullMarked
package org.pellang.runtime.transport.tcp;

import org.jspecify.annotations.NullMarked;
