package org.pellang.launcher.ssh;

/** Why a host cannot take part, in words for the user. */
final class HostFault extends Exception {
    private static final long serialVersionUID = 1L;

    HostFault(String message) {
        super(message);
    }
}
