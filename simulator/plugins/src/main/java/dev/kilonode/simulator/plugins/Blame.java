package dev.kilonode.simulator.plugins;

import java.util.Arrays;
import java.util.Optional;

/** Decides by the stack trace whether a failure is a plugin's or Kilonode's. */
final class Blame {

    private static final int MOST_WORDS = 300;

    private Blame() {}

    /** The topmost stack frame of {@code thrown}, or of a cause, whose class was loaded by the class loader named {@code loader}. */
    static Optional<StackTraceElement> frame(Throwable thrown, String loader) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            Optional<StackTraceElement> found = Arrays.stream(at.getStackTrace())
                    .filter(frame -> loader.equals(frame.getClassLoaderName()))
                    .findFirst();
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    /** Formats a frame as {@code my.Design.create(Design.java:12)}. */
    static String place(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                + frame.getLineNumber() + ")";
    }

    /** Formats an exception as {@code IllegalStateException: no such channel}, in one line. */
    static String words(Throwable thrown) {
        String message = thrown.getMessage();
        String words = thrown.getClass().getSimpleName()
                + (message == null || message.isBlank()
                        ? ""
                        : ": " + message.lines().findFirst().orElse(""));
        return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "..." : words;
    }
}
