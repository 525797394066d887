package org.pellang.runtime;

/**
 * One {@code config} declaration.
 *
 * @param name as written: {@code --name=value}
 * @param kind type of the value
 * @param defaultText the default as shown by {@code --help}
 * @param doc its {@code ##} text, may be empty
 */
public record OptionSpec(String name, Kind kind, String defaultText, String doc) {
    /** Types that an option may have. */
    public enum Kind {
        /** 64-bit integer. */
        INT,
        /** binary64. */
        FLOAT,
        /** A float that is rounded to binary32. */
        FLOAT32,
        /** 32-bit integer. */
        INT32,
        /** 16-bit integer. */
        INT16,
        /** 0..255. */
        BYTE,
        /** {@code true} or {@code false}; {@code --name} alone means true. */
        BOOL,
        /** any text. */
        STRING
    }
}
