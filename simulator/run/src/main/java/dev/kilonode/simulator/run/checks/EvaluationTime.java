package dev.kilonode.simulator.run.checks;

/** When a check is judged. */
public enum EvaluationTime {
    /** The run goes on. */
    DURING,
    /** The run ended before its planned end: what it has not shown might have been good. */
    CUT_SHORT,
    /** The run went to its planned end. */
    END
}
