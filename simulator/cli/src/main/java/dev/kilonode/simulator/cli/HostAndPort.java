package dev.kilonode.simulator.cli;

import dev.kilonode.simulator.scenario.Units;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Values of flags for runs over several processes: an address, a folder, a time. */
record HostAndPort(String host, int port) {

    private static final int MOST = 65_535;

    /**
     * @param source the flag or variable
     * @param defaultHost host of a text with a port only; null if a host is needed
     * @throws UsageException if the text is no address
     */
    static HostAndPort of(String source, String text, @Nullable String defaultHost) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? defaultHost : text.substring(0, colon);
        String digits = text.substring(colon + 1);
        boolean wellFormed = host != null
                && host.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
                && digits.matches("[0-9]{1,5}");
        int least = defaultHost == null ? 1 : 0;
        if (wellFormed && host != null) {
            int port = Integer.parseInt(digits);
            if (port >= least && port <= MOST) return new HostAndPort(host, port);
        }
        throw new UsageException(source + ": got \"" + text + "\", expected "
                + (defaultHost == null ? "HOST:PORT" : "[HOST:]PORT") + " with a name or IPv4 address and a port up to "
                + MOST + "; write 10.0.0.1:25520");
    }

    /** @throws UsageException if it is no folder */
    static Path folder(String source, String text) {
        Path folder = ScenarioFlags.path(text, "a folder");
        if (Files.isDirectory(folder)) return folder;
        throw new UsageException(source + ": got \"" + text + "\", expected a folder; there is "
                + (Files.exists(folder) ? "a file of that name" : "no such folder"));
    }

    /** @throws UsageException if it is no time above 0 */
    static Duration duration(String source, String text) {
        try {
            Duration duration = Units.duration(text);
            if (!duration.isZero()) return duration;
            throw new IllegalArgumentException("got 0s, expected more; write 60s");
        } catch (IllegalArgumentException e) {
            throw new UsageException(source + ": " + e.getMessage());
        }
    }
}
