package dev.kilonode.simulator.scenario;

import java.time.Duration;
import java.util.List;

/**
 * The part of a run that a check evaluates.
 *
 * @param phase name of the phase; empty for other kinds
 * @param window length of the sliding window; zero for other kinds
 */
public record CheckRange(Kind kind, String phase, Duration window) {

    /** Kind of range. */
    public enum Kind {
        /** The whole run, aggregated. */
        RUN,
        /** One load phase, aggregated. */
        PHASE,
        /** Every window of a given length, one after another. */
        WINDOW,
        /** The change of the windows from the beginning of the run to its end. */
        TREND
    }

    /** The valid forms, for messages. */
    static final String CHOICES = "run, trend, phase NAME or window 10m";

    /** @throws IllegalArgumentException with what to write */
    public static CheckRange parse(String text) {
        String[] words = text.strip().split("\\s+", 2);
        boolean alone = words.length == 1;
        switch (words[0]) {
            case "run":
                if (alone) return new CheckRange(Kind.RUN, "", Duration.ZERO);
                break;
            case "trend":
                if (alone) return new CheckRange(Kind.TREND, "", Duration.ZERO);
                break;
            case "phase":
                if (alone) throw wrong(text, "the phase's name too; write over: phase NAME");
                return new CheckRange(Kind.PHASE, words[1], Duration.ZERO);
            case "window":
                if (alone) throw wrong(text, "its length too; write over: window 10m");
                Duration window = Units.duration(words[1]);
                if (window.isZero()) throw wrong(text, "more than 0s; write over: window 10m");
                return new CheckRange(Kind.WINDOW, "", window);
            default:
                break;
        }
        String close = Suggestions.of(words[0], List.of("run", "trend", "phase", "window"));
        String meant = close == null ? "run" : close.equals("phase") ? "phase NAME" : close;
        throw wrong(text, CHOICES + "; write over: " + (meant.equals("window") ? "window 10m" : meant));
    }

    private static IllegalArgumentException wrong(String text, String expected) {
        return new IllegalArgumentException("got \"" + text + "\", expected " + expected);
    }
}
