/** Tests of how algorithms are chosen. */
@NullMarked
package org.pellang.runtime.collective;

import org.jspecify.annotations.NullMarked;
