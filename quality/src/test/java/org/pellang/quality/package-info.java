/** Tests about the whole: which way dependencies point, how long files are, whether what the documents say is there. */
@NullMarked
package org.pellang.quality;

import org.jspecify.annotations.NullMarked;
