package dev.kilonode.simulator.run.checks;

/** When a check is evaluated. */
public enum EvaluationTime {
    /** During the run. */
    DURING,
    /** After a run that ended before its planned end; the missing part could have been good. */
    CUT_SHORT,
    /** After a run that reached its planned end. */
    END
}
