import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Makes the class files of a folder of jars such that AOT caches hold all that a start needs: {@code java Modernize.java FOLDER}.
 *
 * <p>Class files of Java 5 (picocli keeps them for its users there) have no stack maps, need the old verifier and are left out of caches, which costs a tenth of
 * a second at every start: they get a newer version and stack maps.
 *
 * <p>A {@code switch} over the types of a sealed interface is an {@code invokedynamic} for which the JVM makes a class when it comes there first, at every start,
 * since caches do not hold these: it becomes a call of a method that asks for one type after the other.
 */
final class Modernize {
    /** From this version on classes have stack maps. */
    private static final int LEAST = ClassFile.JAVA_8_VERSION;

    private static final byte[] SWITCHES = "java/lang/runtime/SwitchBootstraps".getBytes(StandardCharsets.UTF_8);

    private final Map<Path, Map<String, byte[]>> jars = new LinkedHashMap<>();
    private final ClassFile classes =
            ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS, ClassFile.ClassHierarchyResolverOption.of(hierarchy()));

    private Modernize() {}

    public static void main(String[] args) throws IOException {
        Modernize all = new Modernize();
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
                all.jars.put(jar, read(jar));
            }
        }
        for (Map.Entry<Path, Map<String, byte[]>> jar : all.jars.entrySet()) {
            all.rewrite(jar.getKey(), jar.getValue());
        }
    }

    private void rewrite(Path jar, Map<String, byte[]> files) throws IOException {
        if (files.entrySet().stream().noneMatch(f -> isOld(f.getKey(), f.getValue()) || switches(f.getKey(), f.getValue()))) {
            return;
        }
        Path fresh = jar.resolveSibling(jar.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(fresh); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(isOld(file.getKey(), file.getValue()) ? modern(file.getValue())
                        : switches(file.getKey(), file.getValue()) ? withoutTypeSwitches(file.getValue()) : file.getValue());
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

    /** Whether the class names the class that makes such switches. */
    private static boolean switches(String name, byte[] bytes) {
        if (!name.endsWith(".class")) {
            return false;
        }
        for (int at = 0; at + SWITCHES.length <= bytes.length; at++) {
            if (bytes[at] == SWITCHES[0] && java.util.Arrays.equals(bytes, at, at + SWITCHES.length, SWITCHES, 0, SWITCHES.length)) {
                return true;
            }
        }
        return false;
    }

    private ClassHierarchyResolver hierarchy() {
        return ClassHierarchyResolver.ofResourceParsing((ClassDesc type) -> {
            String descriptor = type.descriptorString();
            String file = descriptor.substring(1, descriptor.length() - 1) + ".class";
            return jars.values().stream().map(files -> files.get(file)).filter(bytes -> bytes != null).findFirst().map(ByteArrayInputStream::new).orElse(null);
        }).orElse(ClassHierarchyResolver.defaultResolver());
    }

    private byte[] modern(byte[] bytes) {
        // Going through every instruction makes the library write the code anew, with stack maps.
        ClassTransform code = ClassTransform.transformingMethodBodies((CodeTransform) (builder, element) -> builder.with(element));
        ClassTransform version = (builder, element) -> builder.with(element instanceof ClassFileVersion ? ClassFileVersion.of(LEAST, 0) : element);
        return classes.transformClass(classes.parse(bytes), version.andThen(code));
    }

    /**
     * A switch that becomes a method.
     *
     * @param types what the labels ask for, in order
     */
    private record TypeSwitch(String name, MethodTypeDesc type, List<ClassDesc> types) {}

    private byte[] withoutTypeSwitches(byte[] bytes) {
        ClassModel model = classes.parse(bytes);
        boolean isInterface = (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
        List<TypeSwitch> found = new ArrayList<>();
        CodeTransform calls = (CodeBuilder builder, CodeElement element) -> {
            TypeSwitch made = element instanceof InvokeDynamicInstruction i ? typeSwitch(i, found.size()) : null;
            if (made == null) {
                builder.with(element);
            } else {
                found.add(made);
                builder.invokestatic(model.thisClass().asSymbol(), made.name, made.type, isInterface);
            }
        };
        ClassTransform methods = new ClassTransform() {
            @Override
            public void accept(ClassBuilder builder, ClassElement element) {
                builder.with(element);
            }

            @Override
            public void atEnd(ClassBuilder builder) {
                found.forEach(s -> builder.withMethodBody(
                        s.name, s.type, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC, body -> write(s, body)));
            }
        };
        return classes.transformClass(model, ClassTransform.transformingMethodBodies(calls).andThen(methods));
    }

    private static TypeSwitch typeSwitch(InvokeDynamicInstruction i, int number) {
        boolean ours = i.bootstrapMethod().owner().descriptorString().equals("Ljava/lang/runtime/SwitchBootstraps;") && i.bootstrapMethod().methodName().equals("typeSwitch");
        List<ClassDesc> types = new ArrayList<>();
        for (ConstantDesc label : i.bootstrapArgs()) {
            if (!(label instanceof ClassDesc type) || type.isPrimitive()) {
                return null; // a constant among the labels: stays as it is
            }
            types.add(type);
        }
        return ours ? new TypeSwitch("typeSwitch$" + number, i.typeSymbol(), types) : null;
    }

    /** The number of the first label from {@code restart} on whose type the value has; -1 for null, the number of labels for none. */
    private static void write(TypeSwitch s, CodeBuilder body) {
        Label some = body.newLabel();
        body.aload(0).ifnonnull(some).iconst_m1().ireturn().labelBinding(some);
        for (int k = 0; k < s.types.size(); k++) {
            Label next = body.newLabel();
            body.iload(1).loadConstant(k).if_icmpgt(next);
            body.aload(0).instanceOf(s.types.get(k)).ifeq(next).loadConstant(k).ireturn().labelBinding(next);
        }
        body.loadConstant(s.types.size()).ireturn();
    }
}
