/** The upload workload: uploaders, open and closed arrival, phases. It has no files or clocks. */
@NullMarked
package dev.kilonode.simulator.run.workload;

import org.jspecify.annotations.NullMarked;
