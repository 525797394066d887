import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Brings the class files of a jar to a version that AOT caches take: {@code java Modernize.java FILE.jar}. Those of Java 5 (picocli keeps them for its users there) have no
 * stack maps, need the old verifier and are left out of caches, which costs a tenth of a second at every start. The code stays what it is.
 */
final class Modernize {
    /** From this version on classes have stack maps. */
    private static final int LEAST = ClassFile.JAVA_8_VERSION;

    private Modernize() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Map<String, byte[]> files = read(jar);
        if (files.entrySet().stream().noneMatch(f -> isOld(f.getKey(), f.getValue()))) {
            return;
        }
        ClassFile classes = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS, ClassFile.ClassHierarchyResolverOption.of(hierarchy(files)));
        Path fresh = jar.resolveSibling(jar.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(fresh); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(isOld(file.getKey(), file.getValue()) ? modern(classes, file.getValue()) : file.getValue());
                zip.closeEntry();
            }
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, byte[]> read(Path jar) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return files;
    }

    private static boolean isOld(String name, byte[] bytes) {
        return name.endsWith(".class") && ((bytes[6] & 0xff) << 8 | bytes[7] & 0xff) < LEAST;
    }

    private static ClassHierarchyResolver hierarchy(Map<String, byte[]> files) {
        return ClassHierarchyResolver.ofResourceParsing((ClassDesc type) -> {
            String descriptor = type.descriptorString();
            byte[] bytes = files.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
            return bytes == null ? null : new ByteArrayInputStream(bytes);
        }).orElse(ClassHierarchyResolver.defaultResolver());
    }

    private static byte[] modern(ClassFile classes, byte[] bytes) {
        // Going through every instruction makes the library write the code anew, with stack maps.
        ClassTransform code = ClassTransform.transformingMethodBodies((CodeTransform) (builder, element) -> builder.with(element));
        ClassTransform version = (builder, element) -> builder.with(element instanceof ClassFileVersion ? ClassFileVersion.of(LEAST, 0) : element);
        return classes.transformClass(classes.parse(bytes), version.andThen(code));
    }
}
