/**
 * The run directory, in and out: {@link dev.kilonode.reports.run.RunWriter} writes it as the run goes, {@link dev.kilonode.reports.run.RunData}
 * reads it back, also after a kill. Column and field names are a public contract. May use: files, Jackson, HdrHistogram. Never: nodes,
 * simulators, charts, HTML.
 */
@NullMarked
package dev.kilonode.reports.run;

import org.jspecify.annotations.NullMarked;
