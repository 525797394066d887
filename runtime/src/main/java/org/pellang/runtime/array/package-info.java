/**
 * Index sets, their distribution over ranks, and arrays over them: storage by columns, layouts with ghost cells, files.
 * Used by generated programs, by the parallel loops and by the standard library.
 */
@NullMarked
package org.pellang.runtime.array;

import org.jspecify.annotations.NullMarked;
