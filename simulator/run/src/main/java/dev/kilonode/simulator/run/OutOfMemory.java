package dev.kilonode.simulator.run;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Records that this process has run out of memory on any thread: one that does not catch the error, or one of a library that only logs
 * it. The {@link Watchdog} then ends the run.
 */
public final class OutOfMemory extends Handler {

    private static volatile @Nullable OutOfMemoryError seen;

    private OutOfMemory() {}

    /** Installs the handlers; for our own process only. */
    public static void install() {
        Logger root = Logger.getLogger(""); // Netty logs here if there is no other logger
        for (Handler handler : root.getHandlers()) root.removeHandler(handler);
        root.addHandler(new OutOfMemory());
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            note(thrown);
            if (seen == null) thrown.printStackTrace();
        });
    }

    /** The first error; null if there was none. */
    static @Nullable OutOfMemoryError seen() {
        return seen;
    }

    /** Records {@code thrown} if it or a cause is about memory. */
    private static void note(@Nullable Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof OutOfMemoryError memory && seen == null) seen = memory;
        }
    }

    /** One line with the error and its remedy. */
    static String words(OutOfMemoryError error) {
        String message = String.valueOf(error.getMessage());
        return "out of memory (" + message + "); " + remedy(message.toLowerCase(java.util.Locale.ROOT));
    }

    private static String remedy(String message) {
        if (message.contains("native thread")) {
            return "this user may have no more threads: raise ulimit -u, end other processes, or use --set"
                    + " wall.loops=1";
        }
        if (message.contains("direct")) return write("-XX:MaxDirectMemorySize=4g");
        if (message.contains("metaspace")) return write("-XX:MaxMetaspaceSize=1g");
        return write("-Xmx4g");
    }

    private static String write(String option) {
        return "write KILONODE_JAVA_OPTS=" + option + " ./kilonode ..., or use --scale";
    }

    @Override
    public void publish(@Nullable LogRecord record) {
        if (record != null) note(record.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
