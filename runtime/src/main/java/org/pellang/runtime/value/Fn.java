package org.pellang.runtime.value;

/** A PEL function value. Arguments and result are boxed PEL values ({@code Long}, {@code Double}, {@code Boolean}, {@code String}, records, arrays). */
@FunctionalInterface
public interface Fn {
    /**
     * Calls the function.
     *
     * @param arguments one boxed value per parameter
     * @return the boxed result
     */
    Object apply(Object... arguments);
}
