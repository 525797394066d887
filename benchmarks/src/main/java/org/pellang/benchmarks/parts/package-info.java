/** JMH benchmarks of the parts of messages, and of the elementary functions: {@code benchmarks/run jmh}. */
@NullMarked
package org.pellang.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
