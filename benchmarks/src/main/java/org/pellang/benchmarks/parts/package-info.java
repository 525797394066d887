/** JMH benchmarks of the parts of messages: {@code benchmarks/run jmh}. */
@NullMarked
package org.pellang.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
