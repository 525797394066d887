/** How messages of the compiler look, for people and as JSON; used by the commands. */
@NullMarked
package org.pellang.cli.report;

import org.jspecify.annotations.NullMarked;
