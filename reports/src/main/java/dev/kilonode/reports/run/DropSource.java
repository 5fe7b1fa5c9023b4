package dev.kilonode.reports.run;

import java.util.List;

/** Provides the drops of a run. {@link RunWriter} queries it at each flush. */
public interface DropSource {

    /** The number of drops. While it stays the same, nothing else has changed. */
    long total();

    /** A random sample of the drops, in order of time. */
    List<DropRow> sample();

    /** The lines of the nodes' log of drops; empty if no node logged one. */
    default List<String> warnings() {
        return List.of();
    }

    /** All drops, counted per node: one row for each node that dropped a message. */
    List<NodeDropsRow> byNode();
}
