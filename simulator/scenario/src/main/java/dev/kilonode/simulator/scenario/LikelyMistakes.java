package dev.kilonode.simulator.scenario;

import dev.kilonode.node.upload.UploadConfig;
import java.time.Duration;
import java.util.List;

/**
 * Warns about scenarios that can run but are probably mistaken: settings without effect, timeouts that always expire, checks that cannot
 * fail.
 */
final class LikelyMistakes {
    private static final long FRAME_REST_BYTES = 64 << 10;
    private static final String ACKNOWLEDGEMENT = "network.acknowledgement";

    private final Rules rules;
    private final Scenario scenario;

    LikelyMistakes(Rules rules, Scenario scenario) {
        this.rules = rules;
        this.scenario = scenario;
    }

    void look() {
        verdict();
        traffic();
        uploads();
        timeouts();
        faults();
        links();
    }

    private void verdict() {
        List<Check> checks = scenario.checks();
        rules.should(
                scenario.invariants() == InvariantMode.STRICT
                        || checks.stream().anyMatch(check -> check.severity().equals("fail")),
                "checks",
                (checks.isEmpty() ? "got none" : "got none of severity fail")
                        + ", so that the run cannot fail; write some, see docs/checks.md");
        boolean uploads = scenario.workload().uploaders().count() > 0;
        for (int i = 0; i < checks.size(); i++) {
            String metric = checks.get(i).metric();
            rules.should(
                    uploads || !metric.startsWith("upload.") && !metric.startsWith("uploads."),
                    "checks[" + i + "].metric",
                    "got " + metric + ", but workload.uploaders.count is 0; write 1 or more there");
        }
    }

    private void traffic() {
        boolean quiet = scenario.workload().uploaders().count() == 0
                && scenario.dht().selfLookupLoops() == 0
                && scenario.dht().refresh().buckets() == 0
                && scenario.dht().notifications().rate().perSecond() == 0
                && scenario.dht().hints().neighbours() == 0;
        rules.should(
                !quiet,
                "workload.uploaders.count",
                "got 0, and no lookups, refreshes or notifications, so that nodes send nothing once they have joined;"
                        + " write dht.notifications.rate: 1/s");
    }

    private void uploads() {
        Uploaders uploaders = scenario.workload().uploaders();
        if (uploaders.count() == 0) return;
        List<Phase> phases = scenario.workload().phases();
        rules.should(
                phases.isEmpty() || phases.stream().anyMatch(phase -> phase.uploaders() > 0),
                "workload.phases",
                "got phases without any uploader, so that nothing is uploaded; write uploaders: 1 in one of them");
        Duration all = uploaders.startAfter().plus(uploaders.startSpread());
        rules.should(
                all.compareTo(scenario.duration()) <= 0,
                "workload.uploaders.start-spread",
                "got uploaders that start up to " + Durations.text(all) + ", after the end of the run; write "
                        + Durations.text(scenario.duration().minus(uploaders.startAfter())) + " or less");
        rules.should(
                scenario.workload().upload().chunkSize().count() + FRAME_REST_BYTES
                        <= scenario.transport().maxFrame().count(),
                "transport.max-frame",
                "got hardly more than a chunk, without room for the proof and the signature that come with it; write"
                        + " 64KiB more than workload.upload.chunk-size");
    }

    private void timeouts() {
        Duration trip = shortestTrip();
        boolean modelled = scenario.clock() == Clock.VIRTUAL || scenario.wall().latency();
        if (modelled && !trip.isZero()) {
            roundTrip(scenario.network().dialTimeout(), trip, "network.dial-timeout");
            roundTrip(scenario.network().acknowledgement(), trip, ACKNOWLEDGEMENT);
            roundTrip(scenario.identity().timeout(), trip, "identity.timeout");
            roundTrip(scenario.dht().requestTimeout(), trip, "dht.request-timeout");
            UploadConfig upload = scenario.workload().upload();
            if (scenario.workload().uploaders().count() > 0) {
                roundTrip(upload.quoteTimeout(), trip, "workload.upload.quote-timeout");
                roundTrip(upload.quoteDeadline(), trip, "workload.upload.quote-deadline");
                roundTrip(upload.storeTimeout(), trip, "workload.upload.store-timeout");
            }
        }
        rules.should(
                scenario.identity().poll().compareTo(scenario.identity().timeout()) <= 0,
                "identity.poll",
                "got longer than identity.timeout, so that the identity is never checked before the timeout; write "
                        + Durations.text(scenario.identity().timeout()) + " or less");
    }

    private void links() {
        for (FrameCrossing.Obstacle obstacle : FrameCrossing.obstacles(scenario)) {
            boolean told = obstacle.path().equals(ACKNOWLEDGEMENT)
                    && scenario.network().acknowledgement().compareTo(shortestTrip()) < 0;
            rules.should(told, obstacle.path(), obstacle.words());
        }
    }

    private Duration shortestTrip() {
        return scenario.network().latency().values().stream()
                .min(Duration::compareTo)
                .orElse(Duration.ZERO)
                .multipliedBy(2);
    }

    private void roundTrip(Duration timeout, Duration trip, String path) {
        rules.should(
                timeout.compareTo(trip) >= 0,
                path,
                "got " + Durations.text(timeout) + ", less than the " + Durations.text(trip)
                        + " of the shortest round trip, so that it always expires; write "
                        + Durations.text(trip.multipliedBy(2)));
    }

    private void faults() {
        List<Fault> faults = scenario.faults();
        double loss = scenario.network().loss().value();
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            String path = "faults[" + i + "].";
            for (String key : Keys.of(Fault.class)) {
                if (FaultShape.keysOf(fault.kind()).contains(key)) continue;
                rules.unused(
                        path + key,
                        ", but a fault of kind " + Keys.of(fault.kind()) + " has no " + key + "; leave it out");
            }
            if (!(fault instanceof Fault.Scaled scaled)) continue;
            rules.should(scaled.factor() != 1, path + "factor", "got 1, which changes nothing; write factor: 10");
            rules.should(
                    !(fault instanceof Fault.Loss) || scaled.factor() * loss < 1,
                    path + "factor",
                    "got a factor that makes network.loss 100% or more, where messages are only late; write less than "
                            + Math.round(Math.max(1, 1 / loss)));
        }
        for (int i = 0; i < faults.size(); i++) overlap(faults, i);
    }

    /** Two faults of one kind at the same time: the end of the first also ends the effect of the other. */
    private void overlap(List<Fault> faults, int later) {
        Fault fault = faults.get(later);
        if (fault instanceof Fault.Attack) return;
        for (Fault other : faults.subList(0, later)) {
            boolean apart =
                    other.end().compareTo(fault.at()) <= 0 || fault.end().compareTo(other.at()) <= 0;
            String region = fault.occurrence().region();
            String otherRegion = other.occurrence().region();
            boolean elsewhere = !otherRegion.equals(region) && !otherRegion.equals("any") && !region.equals("any");
            if (apart || elsewhere || other.kind() != fault.kind()) continue;
            rules.should(
                    false,
                    "faults[" + later + "].at",
                    "got a time at which " + other.name() + " goes on, of the same kind: on hosts that both hit, the"
                            + " first that ends, ends both; write another time or region");
            return;
        }
    }
}
