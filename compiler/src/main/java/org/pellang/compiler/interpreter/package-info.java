/**
 * The reference interpreter: walks the typed tree straight from the language contract, without IR and without cleverness, and
 * asserts at run time what the checks promise. It is the oracle that compiled programs are compared with.
 */
@NullMarked
package org.pellang.compiler.interpreter;

import org.jspecify.annotations.NullMarked;
