package dev.kilonode.simulator.cli;

import dev.kilonode.simulator.run.ProgressListener;
import java.util.List;

/** The displays of {@code --progress}. Each limits its own rate by the wall time in the report. */
final class ProgressDisplay {
    static final List<String> MODES = List.of("auto", "tty", "plain", "json", "none");

    private ProgressDisplay() {}

    /** @param mode one of {@link #MODES} */
    static ProgressListener of(String mode, Console console) {
        return switch (mode) {
            case "tty" -> new TerminalProgress(PrintableStream.raw(console.err()));
            case "plain" -> new ThrottledProgress(console.err(), ThrottledProgress::plain);
            case "json" -> new ThrottledProgress(PrintableStream.raw(console.err()), ThrottledProgress::json);
            case "none" -> ProgressListener.NONE;
            default -> of(console.terminal() ? "tty" : "plain", console);
        };
    }
}
