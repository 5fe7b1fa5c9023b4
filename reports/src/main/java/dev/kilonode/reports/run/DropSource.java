package dev.kilonode.reports.run;

import java.util.List;

/** Who knows of a run's drops: asked whenever the run's files are flushed. */
public interface DropSource {

    /** How many there were; as long as it is the same, nothing has changed. */
    long total();

    /** Some of them, in order of time. */
    List<DropRow> sample();

    /** All of them, counted: a row for each node that dropped any. */
    List<NodeDropsRow> byNode();
}
