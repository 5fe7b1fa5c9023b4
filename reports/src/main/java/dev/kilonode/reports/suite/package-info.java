/**
 * A suite of runs as one result: {@code suite.json}, rewritten after each run, so that it is always readable. Field names are a public
 * contract. Never: nodes, simulators, processes.
 */
@NullMarked
package dev.kilonode.reports.suite;

import org.jspecify.annotations.NullMarked;
