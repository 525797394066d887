package org.pellang.compiler.codegen.loop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pellang.compiler.codegen.Names;

/** The parameters of an outlined method, collected while its body is written, with the caller's arguments. */
final class Params {
    /** {@code type name} of the method and what the caller passes. */
    record Param(String type, String name, String argument) {}

    private final Names names;
    private final Map<String, Param> params = new LinkedHashMap<>();

    Params(Names names) {
        this.names = names;
    }

    /** The name of the parameter for {@code argument}; the same argument gives the same parameter. */
    String of(String type, String hint, String argument) {
        return params.computeIfAbsent(argument, a -> new Param(type, names.fresh(hint), a)).name;
    }

    /** A parameter whose argument is not shared with others. */
    String own(String type, String hint, String argument) {
        String name = names.fresh(hint);
        params.put("own " + name, new Param(type, name, argument));
        return name;
    }

    /** A parameter with a name that the caller of this method has reserved. */
    void exact(String type, String name, String argument) {
        params.put("own " + name, new Param(type, name, argument));
    }

    List<String> declarations() {
        return params.values().stream().map(p -> p.type + " " + p.name).toList();
    }

    String arguments() {
        return params.values().stream().map(Param::argument).collect(Collectors.joining(", "));
    }
}
