package dev.kilonode.node.link.netty;

import io.netty.handler.codec.quic.Quic;

/** QUIC needs a native library, and there is none for this platform, or it cannot be loaded. The message names both. */
public final class QuicUnavailableException extends Exception {

    private QuicUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Loads the native library of QUIC, once a process. */
    public static void check() throws QuicUnavailableException {
        Throwable cause = Quic.unavailabilityCause();
        if (cause != null) {
            throw new QuicUnavailableException(
                    words(System.getProperty("os.name"), System.getProperty("os.arch"), cause), cause);
        }
    }

    static String words(String system, String architecture, Throwable cause) {
        return "link quic: no native QUIC library for this platform, " + system + " on " + architecture
                + "; there is one for Linux and macOS on x86_64 and aarch64, and for Windows on x86_64"
                + " (on JDK 24 and later it also needs --enable-native-access=ALL-UNNAMED)."
                + " Choose link tcp, tls or memory instead. It said: " + rootWords(cause);
    }

    private static String rootWords(Throwable cause) {
        Throwable root = cause;
        for (int depth = 0; depth < 10 && root.getCause() != null; depth++) root = root.getCause();
        return String.valueOf(root.getMessage());
    }
}
