package org.pellang.compiler.codegen;

import java.util.List;

/**
 * A method of the generated class.
 *
 * @param head modifiers and result type, for instance {@code "private static double"}
 * @param name unique in the class
 * @param params with their types, for instance {@code "double[] u"}
 * @param body its statements
 */
public record JavaMethod(String head, String name, List<String> params, JavaBody body) {}
