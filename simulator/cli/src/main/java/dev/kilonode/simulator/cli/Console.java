package dev.kilonode.simulator.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * What a command reads and writes besides files.
 *
 * @param out results only
 * @param err everything else
 * @param terminal whether err is a terminal that understands ANSI
 * @param signals whether Ctrl-C and SIGTERM are to be handled; false inside another program, such as a test
 */
public record Console(
        PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal, boolean signals) {
    /** The process's own. */
    static Console ofProcess() {
        Map<String, String> environment = System.getenv();
        boolean dumb = "dumb".equals(environment.get("TERM")) || environment.containsKey("CI");
        return new Console(System.out, System.err, environment, !dumb && isTerminal(), true);
    }

    /** With what users wrote made fit to print on both streams. */
    Console plain() {
        return new Console(new PrintableStream(out), err, environment, terminal, signals).withPlainErrors();
    }

    /** The same, but for standard output, which may be for programs. */
    Console withPlainErrors() {
        return err instanceof PrintableStream
                ? this
                : new Console(out, new PrintableStream(err), environment, terminal, signals);
    }

    private static boolean isTerminal() {
        // the launcher knows whether stderr is a terminal; Java can only tell of both streams together
        String told = System.getProperty("kilonode.terminal");
        if (told != null) return told.equals("true");
        java.io.Console console = System.console();
        if (console == null) return false;
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22 a console was always a terminal
        }
    }
}
