package org.pellang.compiler.sema.typed;

import java.util.List;
import org.pellang.compiler.sema.type.Type;

/**
 * A static Java method. Parameters map int long, float double, bool boolean, string String, complex and vec to the value records,
 * arrays to PelArray, lists to PelList, function values to Fn.
 *
 * @param className Java class, for instance {@code org.pellang.stdlib.MathFunctions}
 * @param method Java method
 * @param collective whether Rank and Site are passed in front of the arguments (standard library only)
 * @param pure no effect, result depends on the arguments only
 */
public record ExternFunction(
        String name, String className, String method, List<Type> params, Type result, boolean collective, boolean pure) {}
