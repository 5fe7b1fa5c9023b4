package dev.kilonode.simulator.run.workload;

import dev.kilonode.simulator.scenario.Phase;
import dev.kilonode.simulator.scenario.PhaseKind;
import java.util.List;

/** The number of active uploaders over time, by the scenario's phases. */
final class Schedule {

    private final List<Phase> phases;
    private final int all;

    /** @param all number of active uploaders outside all phases */
    Schedule(List<Phase> phases, int all) {
        this.phases = phases;
        this.all = all;
    }

    /** @param sinceStartNanos time since the start of uploads */
    int active(long sinceStartNanos) {
        if (phases.isEmpty()) return all;
        long begin = 0;
        int before = 0;
        for (Phase phase : phases) {
            long length = phase.duration().toNanos();
            if (sinceStartNanos < begin + length)
                return within(phase, before, (double) (sinceStartNanos - begin) / length);
            begin += length;
            if (phase.kind() != PhaseKind.SPIKE) before = phase.uploaders();
        }
        return before;
    }

    private static int within(Phase phase, int before, double passed) {
        if (phase.kind() != PhaseKind.RAMP) return phase.uploaders();
        return (int) Math.round(before + (phase.uploaders() - before) * passed);
    }
}
