package org.pellang.cli;

/** The version of this build. */
final class Version {
    private Version() {}

    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0-development" : version;
    }

    /** For {@code --version}. */
    static String text() {
        return number() + " on Java " + Runtime.version();
    }
}
