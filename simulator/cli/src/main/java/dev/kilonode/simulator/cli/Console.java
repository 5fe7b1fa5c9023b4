package dev.kilonode.simulator.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Streams and environment of a command.
 *
 * @param out results only
 * @param err everything else
 * @param terminal whether err is a terminal that supports ANSI sequences
 * @param signals whether to handle Ctrl-C and SIGTERM; false inside another program, such as a test
 */
public record Console(
        PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal, boolean signals) {
    /** The console of this process. */
    static Console ofProcess() {
        Map<String, String> environment = System.getenv();
        boolean dumb = "dumb".equals(environment.get("TERM")) || environment.containsKey("CI");
        return new Console(System.out, System.err, environment, !dumb && isTerminal(), true);
    }

    /** This console, with both streams made safe for text of users. */
    Console plain() {
        return new Console(new PrintableStream(out), err, environment, terminal, signals).withPlainErrors();
    }

    /** This console, with standard error made safe for text of users; standard output may be read by programs. */
    Console withPlainErrors() {
        return err instanceof PrintableStream
                ? this
                : new Console(out, new PrintableStream(err), environment, terminal, signals);
    }

    private static boolean isTerminal() {
        // the launcher knows whether stderr is a terminal; Java only knows it of both streams together
        String property = System.getProperty("kilonode.terminal");
        if (property != null) return property.equals("true");
        java.io.Console console = System.console();
        if (console == null) return false;
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22 a console was always a terminal
        }
    }
}
