/**
 * The run directory: {@link dev.kilonode.reports.run.RunWriter} writes it during the run, {@link dev.kilonode.reports.run.RunData} reads
 * it, also after a crash. Column and field names are a public contract. Never: nodes, simulators, charts, HTML.
 */
@NullMarked
package dev.kilonode.reports.run;

import org.jspecify.annotations.NullMarked;
