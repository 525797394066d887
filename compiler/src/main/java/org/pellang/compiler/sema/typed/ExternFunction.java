package org.pellang.compiler.sema.typed;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pellang.compiler.sema.type.Type;

/**
 * A static Java method. Parameters map int long, float double, bool boolean, string String, complex and vec to the value records,
 * arrays to PelArray, lists to PelList, function values to Fn.
 *
 * @param className Java class, for instance {@code org.pellang.stdlib.MathFunctions}
 * @param method Java method
 * @param collective whether Rank and Site are passed in front of the arguments (standard library only)
 * @param pure no effect, result depends on the arguments only
 * @param java how a method of the user is declared; null for the standard library, whose methods take the runtime's values
 */
public record ExternFunction(
        String name, String className, String method, List<Type> params, Type result, boolean collective, boolean pure, @Nullable Java java) {

    /** A function of the standard library. */
    public ExternFunction(String name, String className, String method, List<Type> params, Type result, boolean collective, boolean pure) {
        this(name, className, method, params, result, collective, pure, null);
    }

    /**
     * A static Java method of the user.
     *
     * @param params descriptors of its parameters: {@code J D [D Ljava/lang/String;}
     * @param result descriptor of its result
     * @param mutable which parameters it may change
     */
    public record Java(List<String> params, String result, List<Boolean> mutable) {}
}
