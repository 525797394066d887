package org.pellang.cli.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Ctrl-C, TERM and hang-up while a job runs, and USR1, which asks where it is (QUIT belongs to the JVM: it writes its own threads).
 * {@code sun.misc.Signal} is the JDK's only way to see a second Ctrl-C; javac warns of its name,
 * hence reflection. Where it is missing the JVM's own handling stays.
 */
public final class SignalTrap {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private SignalTrap() {}

    /** Calls back with the signal's number, each time one comes, until the process ends. @param onQuestion for USR1 */
    public static void install(IntConsumer onSignal, Runnable onQuestion) {
        trap(SIGNALS, onSignal);
        trap(List.of("USR1"), number -> onQuestion.run());
    }

    private static void trap(List<String> signals, IntConsumer onSignal) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler call = (proxy, method, args) -> switch (method.getName()) {
                case "handle" -> {
                    onSignal.accept((Integer) signal.getMethod("getNumber").invoke(args[0]));
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == args[0];
                default -> "pel signal trap";
            };
            Object trap = Proxy.newProxyInstance(SignalTrap.class.getClassLoader(), new Class<?>[] {handler}, call);
            for (String name : signals) {
                signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name), trap);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // Another JVM, or one started with -Xrs: signals end this process, and the ranks notice by their control channel.
        }
    }
}
