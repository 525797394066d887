/** What ranks write: tags, time stamps, files per rank; used by the backends. */
@NullMarked
package org.pellang.launcher.io;

import org.jspecify.annotations.NullMarked;
