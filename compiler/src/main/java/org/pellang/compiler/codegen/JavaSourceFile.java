package org.pellang.compiler.codegen;

/**
 * A generated Java file.
 *
 * @param name qualified name of its class, for instance {@code pel.Heat}
 * @param text its source
 * @param lineTable for each Java line (from 0) the one-based {@code .pel} line that it comes from, 0 for none
 */
public record JavaSourceFile(String name, String text, int[] lineTable) {}
