/**
 * A suite of runs, each in a process of its own: started, watched, stopped, counted. May use: dev.kilonode.reports.run,
 * dev.kilonode.reports.suite, dev.kilonode.reports.render.text. Never: nodes, engines, scenarios; it knows a run by its command line and its exit code.
 */
@NullMarked
package dev.kilonode.simulator.experiments.suite;

import org.jspecify.annotations.NullMarked;
