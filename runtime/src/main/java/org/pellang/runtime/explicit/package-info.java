/** The explicit level of the language at run time: channels' requests, teams, shared arrays. For generated code. */
@NullMarked
package org.pellang.runtime.explicit;

import org.jspecify.annotations.NullMarked;
