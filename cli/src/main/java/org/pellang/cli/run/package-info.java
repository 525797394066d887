/** From a source file to a running job: reading, the cache of compiled programs, job options; used by the commands. */
@NullMarked
package org.pellang.cli.run;

import org.jspecify.annotations.NullMarked;
