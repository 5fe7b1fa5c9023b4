package dev.kilonode.simulator.cli;

import java.io.PrintStream;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C and SIGTERM: the first asks the run to stop and leaves it 30 s for a partial report; the second halts at once. Data
 * written so far stays readable either way.
 */
final class Interrupts {
    private static final long GRACE_MILLIS = 30_000;

    private Interrupts() {}

    static void install(StopSignal stop, Console console) {
        if (!console.signals()) return;
        PrintStream err = console.err();
        handle("INT", () -> onSignal(stop, ExitCode.INTERRUPTED, err));
        handle("TERM", () -> onSignal(stop, ExitCode.TERMINATED, err));
    }

    private static void onSignal(StopSignal stop, ExitCode why, PrintStream err) {
        if (!stop.request(why)) Runtime.getRuntime().halt(why.number());
        err.println();
        err.println("kilonode: stopping; a partial report follows within 30 s. Again to stop at once.");
        Thread watch = new Thread(() -> haltAfterGrace(why), "kilonode-stop");
        watch.setDaemon(true);
        watch.start();
    }

    private static void haltAfterGrace(ExitCode why) {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(why.number());
    }

    /** By reflection: the class is supported, but the compiler warns of its package whatever one suppresses. */
    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        if (method.getName().equals("handle")) action.run();
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> args != null && self == args[0];
                            case "toString" -> "on " + name;
                            default -> null;
                        };
                    });
            Object ignored = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // a JVM without signals, or one started with -Xrs: Ctrl-C then ends the process at once, as it always can
            return;
        }
    }
}
