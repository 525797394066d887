/** The Maven plugin: goals that start the commands of PEL on a JDK 25. */
@NullMarked
package org.pellang.maven;

import org.jspecify.annotations.NullMarked;
