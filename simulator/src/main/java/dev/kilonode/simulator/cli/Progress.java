package dev.kilonode.simulator.cli;

import java.util.List;

/** Shows how far a run is. One thread. */
public interface Progress {
    List<String> MODES = List.of("auto", "tty", "plain", "json", "none");

    /** As often as one likes: each kind shows only what its pace allows, by the wall time in the report. */
    void report(ProgressReport report);

    /** The run has ended: what was drawn is left standing. */
    void finished();

    /** @param mode one of {@link #MODES} */
    static Progress of(String mode, Console console) {
        return switch (mode) {
            case "tty" -> new TtyProgress(PlainStream.raw(console.err()));
            case "plain" -> new PacedProgress(console.err(), PacedProgress::plain);
            case "json" -> new PacedProgress(PlainStream.raw(console.err()), PacedProgress::json);
            case "none" -> none();
            default -> of(console.terminal() ? "tty" : "plain", console);
        };
    }

    /** Shows nothing. */
    static Progress none() {
        return new Progress() {
            @Override
            public void report(ProgressReport report) {}

            @Override
            public void finished() {}
        };
    }
}
