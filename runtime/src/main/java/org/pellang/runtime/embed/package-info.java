/** PEL functions called from Java, on ranks that are threads of this JVM: what generated facades stand on, and {@link org.pellang.runtime.embed.Ranks} for their users. */
@NullMarked
package org.pellang.runtime.embed;

import org.jspecify.annotations.NullMarked;
