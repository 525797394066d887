package org.pellang.compiler.build;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ConstantDescs;

/** Makes stack traces, debuggers and profilers show {@code .pel} files and lines: replaces SourceFile and LineNumberTable of generated classes. */
public final class LineRewriter {
    /** Line numbers have 16 bits. */
    private static final int HIGHEST_LINE = 0xffff;

    /** Classes that are not on the compiler's own class path count as plain classes: generated code joins no two types of the runtime. */
    private static final ClassHierarchyResolver HIERARCHY = ClassHierarchyResolver.defaultResolver()
            .orElse(unknown -> ClassHierarchyResolver.ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object));

    private LineRewriter() {}

    /**
     * Rewrites one class file.
     *
     * @param sourceFile name to show, without folders
     * @param lineTable {@code .pel} line of each Java line (from 0), 0 for none
     */
    public static byte[] rewrite(byte[] bytes, String sourceFile, int[] lineTable) {
        ClassFile classes = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(HIERARCHY));
        ClassModel model = classes.parse(bytes);
        CodeTransform lines = (builder, element) -> {
            CodeElement e = element instanceof LineNumber n ? mapped(n, lineTable) : element;
            if (e != null) {
                builder.with(e);
            }
        };
        ClassTransform code = ClassTransform.transformingMethodBodies(lines);
        ClassTransform source = (builder, element) ->
                builder.with(element instanceof SourceFileAttribute ? SourceFileAttribute.of(sourceFile) : element);
        return classes.transformClass(model, source.andThen(code));
    }

    private static @org.jspecify.annotations.Nullable LineNumber mapped(LineNumber n, int[] lineTable) {
        int java = n.line() - 1;
        int pel = java >= 0 && java < lineTable.length ? lineTable[java] : 0;
        return pel == 0 ? null : LineNumber.of(Math.min(pel, HIGHEST_LINE));
    }
}
