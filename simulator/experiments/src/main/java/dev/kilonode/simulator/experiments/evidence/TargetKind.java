package dev.kilonode.simulator.experiments.evidence;

import java.util.Locale;

/** Kind of a target, which determines the tolerance. */
enum TargetKind {
    /** Absolute times, in seconds. */
    SECONDS(1 / 1.5, 1.5),
    /** Shares and quotients. */
    RATIO(0.7, 1.3),
    /** Counts. */
    COUNT(0.7, 1.3),
    /** Only above or below a bound. */
    SIGN(1, 1),
    /** The share of runs in which all checks of the scenario hold. */
    CHECKS(1, 1);

    final double less;
    final double more;

    TargetKind(double less, double more) {
        this.less = less;
        this.more = more;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
