/** The commands {@code pel}, {@code pelc} and {@code pelrun}: the only place with picocli, {@code System.out} and {@code System.exit}. */
@NullMarked
package org.pellang.cli;

import org.jspecify.annotations.NullMarked;
