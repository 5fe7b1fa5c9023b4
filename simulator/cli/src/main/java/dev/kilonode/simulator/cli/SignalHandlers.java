package dev.kilonode.simulator.cli;

import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.ProcessLauncher;
import dev.kilonode.simulator.run.StopSignal;
import dev.kilonode.simulator.run.Watchdog;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;

/**
 * Handlers of Ctrl-C, SIGTERM and SIGHUP, which is treated as SIGTERM. The first signal asks the run to stop, and leaves it 30 s for a
 * partial report; the second halts at once. Data written so far stay readable either way. The run's {@link Watchdog} reports a run that
 * does not react before the 30 s are over.
 */
final class SignalHandlers {
    private static final long GRACE_MILLIS = 30_000;

    private SignalHandlers() {}

    static void install(StopSignal stop, Console console) {
        install(stop, console, () -> {});
    }

    /** @param beforeHalt called just before the process is halted; any thread */
    static void install(StopSignal stop, Console console, Runnable beforeHalt) {
        if (!console.signals()) return;
        PrintStream err = console.err();
        handle("TERM", () -> onSignal(stop, ExitCode.TERMINATED, err, beforeHalt));
        handle(
                "HUP",
                () -> onSignal(stop, ExitCode.TERMINATED, err, beforeHalt)); // the terminal was closed; not under nohup
        if (System.getProperty(ProcessLauncher.PARENT) == null) {
            handle("INT", () -> onSignal(stop, ExitCode.INTERRUPTED, err, beforeHalt));
        } else {
            handle("INT", () -> {}); // a terminal sends Ctrl-C to all its processes; the parent decides what it means
            daemon(() -> watchParent(stop, err));
        }
    }

    /** Stops when standard input ends: the parent wants this run to end, or has died. */
    private static void watchParent(StopSignal stop, PrintStream err) {
        try {
            while (System.in.read() >= 0) continue;
        } catch (IOException e) {
            // a broken pipe means the same
        }
        onSignal(stop, ExitCode.TERMINATED, err, () -> {});
    }

    private static void onSignal(StopSignal stop, ExitCode why, PrintStream err, Runnable beforeHalt) {
        if (!stop.request(why)) {
            if (stop.justRequested()) return;
            halt(why, beforeHalt);
        }
        err.println();
        err.println("kilonode: stopping; a partial report follows within 30 s. Again to stop at once.");
        daemon(() -> haltAfterGrace(why, beforeHalt));
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "kilonode-stop");
        thread.setDaemon(true);
        thread.start();
    }

    private static void halt(ExitCode why, Runnable beforeHalt) {
        beforeHalt.run();
        ProcessEnd.halt(why);
    }

    private static void haltAfterGrace(ExitCode why, Runnable beforeHalt) {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        halt(why, beforeHalt);
    }

    /** By reflection: the class is supported, but the compiler's warning about its package cannot be suppressed. */
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
            // the JVM has no signals, or runs with -Xrs: Ctrl-C then ends the process at once
            return;
        }
    }
}
