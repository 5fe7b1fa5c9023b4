package dev.kilonode.simulator.run.harness;

import dev.kilonode.metrics.Metric;
import dev.kilonode.metrics.MetricSet;
import dev.kilonode.simulator.kernel.world.FrameFailure;
import dev.kilonode.simulator.scenario.FrameCrossing;
import dev.kilonode.simulator.scenario.Scenario;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The frames of a run that their senders gave up, in one sentence: how many, why, and what to write where links are too slow. */
final class GivenUpFrames {

    /** The causes that faster links or more patience take away. */
    private static final Set<FrameFailure> TOO_SLOW =
            EnumSet.of(FrameFailure.ON_PATH, FrameFailure.ON_DOWNLINK, FrameFailure.ACKNOWLEDGEMENT_LATE);

    private final long sent;
    private final Map<FrameFailure, Long> byCause = new EnumMap<>(FrameFailure.class);

    private GivenUpFrames(long sent, ToLongFunction<FrameFailure> givenUp) {
        this.sent = sent;
        for (FrameFailure cause : FrameFailure.values()) {
            long frames = givenUp.applyAsLong(cause);
            if (frames > 0) byCause.put(cause, frames);
        }
    }

    static GivenUpFrames of(MetricSet metrics) {
        return new GivenUpFrames(
                metrics.total(Metric.LINK_SENT), cause -> metrics.total(Metric.LINK_GIVEN_UP, cause.ordinal()));
    }

    static GivenUpFrames of(RecordedWindows windows) {
        return new GivenUpFrames(
                Math.round(windows.total(Metric.LINK_SENT)),
                cause -> Math.round(windows.total(Metric.LINK_GIVEN_UP, "cause=" + cause.label())));
    }

    /**
     * The sentence; empty if there is nothing to tell.
     *
     * @param failed whether no upload succeeded, so that every cause is of interest
     */
    String words(Scenario scenario, boolean failed) {
        long tooSlow = sum(TOO_SLOW);
        if (tooSlow > 0) {
            return tooSlow + " of " + sent + " frames were given up before they crossed (" + causes(TOO_SLOW) + "): "
                    + remedy(scenario);
        }
        if (!failed) return "";
        Set<FrameFailure> all = EnumSet.allOf(FrameFailure.class);
        String slow = String.join("; ", obstacles(scenario));
        if (byCause.isEmpty()) return slow;
        return sum(all) + " of " + sent + " frames were given up (" + causes(all) + ")"
                + (slow.isEmpty() ? "" : "; " + slow);
    }

    private static String remedy(Scenario scenario) {
        List<String> obstacles = obstacles(scenario);
        if (!obstacles.isEmpty()) return String.join("; ", obstacles);
        return "several at once shared a link, or a fault made one slower; the slowest is "
                + FrameCrossing.slowestDownlink(scenario) + "; write more, or a longer network.acknowledgement";
    }

    private static List<String> obstacles(Scenario scenario) {
        return FrameCrossing.obstacles(scenario).stream()
                .map(FrameCrossing.Obstacle::brief)
                .toList();
    }

    private long sum(Set<FrameFailure> causes) {
        return causes.stream()
                .mapToLong(cause -> byCause.getOrDefault(cause, 0L))
                .sum();
    }

    private String causes(Set<FrameFailure> wanted) {
        return byCause.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getKey()))
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(entry -> entry.getValue() + " " + entry.getKey().label())
                .collect(Collectors.joining(", "));
    }
}
