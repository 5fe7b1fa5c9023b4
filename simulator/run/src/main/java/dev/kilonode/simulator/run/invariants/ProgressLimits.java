package dev.kilonode.simulator.run.invariants;

import dev.kilonode.node.upload.UploadConfig;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.List;

/**
 * How long work of a run may take by its timeouts. Longer without progress is a leak.
 *
 * @param requestNanos from the begin of a request to its end
 * @param lockNanos between two grants of a lock that has waiters
 * @param uploadNanos between two requests of an upload
 * @param goneNanos from the end of a node to the end of a connection to it
 * @param faults during which nothing is taken for a lack of progress
 */
record ProgressLimits(long requestNanos, long lockNanos, long uploadNanos, long goneNanos, List<Fault> faults) {

    /** For queues and processors, on top of the timeouts. */
    private static final Duration SLACK = Duration.ofMinutes(2);

    static ProgressLimits of(Scenario scenario) {
        UploadConfig upload = scenario.workload().upload();
        double frameSeconds = scenario.transport().maxFrame().count()
                / scenario.network().acknowledgementRate().bytesPerSecond();
        Duration request = scenario.network()
                .dialTimeout()
                .plus(scenario.identity().timeout())
                .plus(scenario.network().acknowledgement())
                .plusMillis((long) (frameSeconds * 1e3))
                .plus(longest(scenario.dht().requestTimeout(), upload.quoteTimeout(), upload.storeTimeout()));
        Duration pause = upload.payment()
                .plus(upload.quoteDeadline())
                .plus(upload.retryPause().multipliedBy(1L << Math.min(upload.rounds(), 20)));
        return new ProgressLimits(
                SLACK.plus(request.multipliedBy(2)).toNanos(),
                SLACK.plus(scenario.costs()
                                .endpointLock()
                                .starvation()
                                .duration()
                                .multipliedBy(3))
                        .toNanos(),
                SLACK.plus(pause.multipliedBy(2)).toNanos(),
                scenario.network().idleTimeout().multipliedBy(2).toNanos() + RegistryLook.PATIENCE_NANOS,
                scenario.faults());
    }

    private static Duration longest(Duration... spans) {
        Duration longest = Duration.ZERO;
        for (Duration span : spans) longest = span.compareTo(longest) > 0 ? span : longest;
        return longest;
    }

    /** Whether a fault is active at {@code nowNanos}. */
    boolean disturbed(long nowNanos) {
        for (Fault fault : faults) {
            if (nowNanos >= fault.at().toNanos() && nowNanos <= fault.end().toNanos()) return true;
        }
        return false;
    }
}
