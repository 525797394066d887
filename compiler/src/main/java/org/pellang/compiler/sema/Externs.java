package org.pellang.compiler.sema;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.diagnostic.Diagnostic;
import org.pellang.compiler.sema.type.Type;
import org.pellang.compiler.sema.type.Type.Scalar;
import org.pellang.compiler.sema.typed.ExternFunction;
import org.pellang.compiler.source.Span;
import org.pellang.compiler.syntax.Expr;
import org.pellang.compiler.syntax.Item;
import org.pellang.compiler.syntax.Param;

/** {@code extern java "a.b.C" { fn f(x: float) -> float }} of a program: compared with the class file, so that a wrong declaration is an error of the compiler. */
final class Externs {
    private final Session s;
    private final ModuleSource classes;

    Externs(Session session, ModuleSource classes) {
        this.s = session;
        this.classes = classes;
    }

    void declare(Item.Extern e, Scope scope) {
        boolean later = classes.trustsJava() && e.className().indexOf('.') >= 0 && classes.javaClass(e.className()) == null;
        ClassModel model = later ? null : model(e);
        for (Item.ExternFunction f : e.functions()) {
            name(f, later ? asDeclared(e, f, scope) : model == null ? null : function(e, model, f, scope));
        }
    }

    /** A function of a class that will be compiled later: nothing is generated from this, it only gives types. */
    private @Nullable LibraryFunction asDeclared(Item.Extern e, Item.ExternFunction f, Scope scope) {
        List<Type> params = f.params().stream().map(p -> p.type() == null ? Scalar.ERROR : s.types.plain(p.type(), scope)).toList();
        Type result = s.types.result(f.result(), scope);
        if (result.isError() || params.stream().anyMatch(Type::isError)) {
            return null;
        }
        ExternFunction.Java java = new ExternFunction.Java(params.stream().map(p -> "").toList(), "", f.params().stream().map(Param::mutable).toList());
        ExternFunction function = new ExternFunction(
                f.name().name(), e.className().replace('$', '.'), f.name().name(), params, result, false, f.pure(), java);
        return new LibraryFunction(function, f.params().stream().map(p -> p.name().name()).toList(), e.className());
    }

    private @Nullable ClassModel model(Item.Extern e) {
        String name = e.className();
        if (name.indexOf('.') < 0) {
            s.report(Diagnostic.error("PEL0801", e.classSpan(), "`" + name + "` is no class in a package")
                    .note("classes of the unnamed package cannot be called; write the whole name, `java.lang.Math`"));
            return null;
        }
        byte[] bytes = classes.javaClass(name);
        if (bytes == null) {
            s.report(Diagnostic.error("PEL0801", e.classSpan(), "there is no Java class `" + name + "` on the class path")
                    .under("not found")
                    .note("name the jar or class folder with `--class-path` (`-cp`); a nested class is written `Outer$Inner`"));
            return null;
        }
        ClassModel model = ClassFile.of().parse(bytes);
        if (!model.flags().has(AccessFlag.PUBLIC)) {
            s.report(Diagnostic.error("PEL0801", e.classSpan(), "the Java class `" + name + "` is not public").under("cannot be called from a program"));
            return null;
        }
        return model;
    }

    /** Several Java methods of one name are overloads. */
    private void name(Item.ExternFunction f, @Nullable LibraryFunction function) {
        String name = f.name().name();
        Symbol before = s.globals.own(name);
        if (before instanceof Symbol.Library l && !l.overloads().isEmpty()) {
            if (function != null) {
                l.overloads().add(function);
            }
            return;
        }
        if (before != null && !(before instanceof Symbol.Library)) {
            s.report(Names.again(name, f.name().span(), Names.spanOf(before), "first declared here"));
            return;
        }
        List<LibraryFunction> overloads = new ArrayList<>();
        if (function != null) {
            overloads.add(function);
        }
        s.globals.put(name, new Symbol.Library(name, overloads));
    }

    private @Nullable LibraryFunction function(Item.Extern e, ClassModel model, Item.ExternFunction f, Scope scope) {
        List<Type> params = new ArrayList<>();
        List<Boolean> mutable = new ArrayList<>();
        for (Param p : f.params()) {
            params.add(p.type() == null ? Scalar.ERROR : s.types.plain(p.type(), scope));
            mutable.add(p.mutable());
        }
        Type result = s.types.result(f.result(), scope);
        if (result.isError() || params.stream().anyMatch(Type::isError)) {
            return null;
        }
        List<MethodModel> named = named(model, f.name().name());
        if (named.isEmpty()) {
            missing(e, model, f.name());
            return null;
        }
        for (MethodModel m : named) {
            ExternFunction.Java java = match(m, params, result, mutable);
            if (java != null && throwsChecked(m, f.name().span())) {
                return null;
            }
            if (java != null) {
                ExternFunction function = new ExternFunction(
                        f.name().name(), e.className().replace('$', '.'), m.methodName().stringValue(), params, result, false, f.pure(), java);
                return new LibraryFunction(function, f.params().stream().map(p -> p.name().name()).toList(), e.className());
            }
        }
        Diagnostic d = Diagnostic.error("PEL0803", f.span(), "the Java method `" + named.getFirst().methodName().stringValue() + "` has other types")
                .under("does not fit");
        for (MethodModel m : named.subList(0, Math.min(3, named.size()))) {
            d = d.note("there is `" + JavaSignatures.show(m) + "`");
        }
        s.report(d.note("int is long, int32 int, int16 short, byte byte, float double, float32 float, `[_] float` double[] and so on, string String"));
        return null;
    }

    /** Public static methods of the name, as written or in lower camel case. */
    private static List<MethodModel> named(ClassModel model, String name) {
        String camel = Library.camel(name);
        return model.methods().stream()
                .filter(m -> m.flags().has(AccessFlag.PUBLIC) && m.flags().has(AccessFlag.STATIC))
                .filter(m -> m.methodName().equalsString(name) || m.methodName().equalsString(camel))
                .toList();
    }

    private void missing(Item.Extern e, ClassModel model, Expr.Ident name) {
        List<String> all = model.methods().stream()
                .filter(m -> m.flags().has(AccessFlag.PUBLIC) && m.flags().has(AccessFlag.STATIC))
                .map(m -> m.methodName().stringValue())
                .distinct()
                .toList();
        boolean instance = model.methods().stream().anyMatch(m -> m.methodName().equalsString(name.name()));
        String near = Suggest.nearest(name.name(), all);
        Diagnostic d = Diagnostic.error("PEL0802", name.span(), "the Java class has no public static method `" + name.name() + "`")
                .label(e.classSpan(), "in this class");
        s.report(instance ? d.under("it is there, but not public and static")
                : near == null ? d.under("not found") : d.under("did you mean `" + near + "`?").fix("replace it by `" + near + "`", name.span(), near));
    }

    private boolean throwsChecked(MethodModel m, Span at) {
        List<String> checked = m.findAttribute(java.lang.classfile.Attributes.exceptions())
                .map(x -> x.exceptions().stream().map(c -> c.asInternalName().replace('/', '.')).filter(Externs::isChecked).toList())
                .orElse(List.of());
        if (!checked.isEmpty()) {
            s.report(Diagnostic.error("PEL0803", at, "the Java method throws " + String.join(", ", checked))
                    .under("a checked exception")
                    .note("catch it in Java: a program has nothing that could"));
        }
        return !checked.isEmpty();
    }

    private static boolean isChecked(String name) {
        try {
            Class<?> type = Class.forName(name, false, ClassLoader.getPlatformClassLoader());
            return !RuntimeException.class.isAssignableFrom(type) && !Error.class.isAssignableFrom(type);
        } catch (ClassNotFoundException e) {
            // One of the user's own: javac would insist.
            return true;
        }
    }

    private static ExternFunction.@Nullable Java match(MethodModel m, List<Type> params, Type result, List<Boolean> mutable) {
        List<String> found = m.methodTypeSymbol().parameterList().stream().map(c -> c.descriptorString()).toList();
        if (found.size() != params.size()) {
            return null;
        }
        for (int k = 0; k < params.size(); k++) {
            if (!JavaSignatures.fits(found.get(k), params.get(k))) {
                return null;
            }
        }
        String back = m.methodTypeSymbol().returnType().descriptorString();
        boolean right = JavaSignatures.fits(back, result) && !(result instanceof Type.Array a && a.axes() != 1 && back.startsWith("["));
        return right ? new ExternFunction.Java(found, back, List.copyOf(mutable)) : null;
    }
}
