/**
 * What PEL programs call: mathematics, random numbers, text, formatting, sorting, statistics, files and plots.
 * Used by generated programs through the {@code *.pel} declarations beside these classes; depends on the runtime only.
 */
@NullMarked
package org.pellang.stdlib;

import org.jspecify.annotations.NullMarked;
