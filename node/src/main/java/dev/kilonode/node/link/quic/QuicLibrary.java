package dev.kilonode.node.link.quic;

import dev.kilonode.node.link.base.LinkException;
import io.netty.handler.codec.quic.Quic;

/** QUIC's native library. */
final class QuicLibrary {

    private QuicLibrary() {}

    /**
     * Loads the library, once for each process.
     *
     * @throws LinkException if there is none for this platform, or it cannot be loaded; the message names both
     */
    static void check() {
        Throwable cause = Quic.unavailabilityCause();
        if (cause != null) {
            throw new LinkException(
                    message(System.getProperty("os.name"), System.getProperty("os.arch"), cause), cause);
        }
    }

    static String message(String system, String architecture, Throwable cause) {
        return "link quic: no native QUIC library for this platform, " + system + " on " + architecture
                + "; there is one for Linux and macOS on x86_64 and aarch64, and for Windows on x86_64"
                + " (on JDK 24 and later it also needs --enable-native-access=ALL-UNNAMED)."
                + " Choose link tcp, tls or memory instead. It said: " + rootMessage(cause);
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        for (int depth = 0; depth < 10 && root.getCause() != null; depth++) root = root.getCause();
        return String.valueOf(root.getMessage());
    }
}
