package org.pellang.compiler.codegen.loop;

import org.pellang.compiler.codegen.JavaBody;

/** Writes the vector main loop in front of the scalar one. */
final class VectorWriter {
    VectorWriter(Kernel kernel, Accumulators accumulators, NestWriter.Bounds bounds) {}

    void write(JavaBody body) {}
}
