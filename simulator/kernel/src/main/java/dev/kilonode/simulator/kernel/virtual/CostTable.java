package dev.kilonode.simulator.kernel.virtual;

import dev.kilonode.node.runtime.WorkKind;
import dev.kilonode.simulator.settings.CostConfig;
import dev.kilonode.simulator.settings.LogCost;
import dev.kilonode.simulator.settings.WorkCost;

/** The cost model, converted to numbers for the hot path. */
final class CostTable {

    /** Payload of one datagram. */
    static final int DATAGRAM_BYTES = 1_200;

    private static final WorkKind[] KINDS = WorkKind.values();

    private final double[] baseNanos = new double[KINDS.length];
    private final double[] perByteNanos = new double[KINDS.length];
    final double perDatagramNanos;
    final long wakeUpNanos;
    final double logRegistrationNanos;
    final double logMessageNanos;
    final int logRegistrationLines;
    final int logMessageLines;

    CostTable(CostConfig config) {
        for (WorkKind kind : KINDS) {
            WorkCost price = config.of(kind);
            baseNanos[kind.ordinal()] = price.base().toNanos();
            perByteNanos[kind.ordinal()] = price.perKib().toNanos() / 1024.0;
        }
        perDatagramNanos = config.perDatagram().toNanos();
        wakeUpNanos = config.wakeUp().toNanos();
        LogCost logging = config.logging();
        boolean logs = !logging.perLine().isZero();
        logRegistrationLines = logs ? logging.linesPerRegistration() : 0;
        logMessageLines = logs ? logging.linesPerMessage() : 0;
        logRegistrationNanos = (double) logging.perLine().toNanos() * logRegistrationLines;
        logMessageNanos = (double) logging.perLine().toNanos() * logMessageLines;
    }

    /** Core time at full speed, in nanoseconds. */
    double priceNanos(WorkKind kind, long bytes) {
        return baseNanos[kind.ordinal()] + perByteNanos[kind.ordinal()] * bytes;
    }

    static int datagrams(long bytes) {
        return (int) Math.max(1, (bytes + DATAGRAM_BYTES - 1) / DATAGRAM_BYTES);
    }
}
