/** Transport between ranks that are threads of one JVM: rings in ordinary memory, references and one copy for long messages. */
@NullMarked
package org.pellang.runtime.transport.local;

import org.jspecify.annotations.NullMarked;
