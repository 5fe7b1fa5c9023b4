/** Reports of runs: reads and writes the run directory, and renders reports, comparisons and forecasts. Never: nodes, simulators. */
@NullMarked
package dev.kilonode.reports;

import org.jspecify.annotations.NullMarked;
