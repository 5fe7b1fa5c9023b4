/** Who uploads what, when: open and closed arrival, phases. Never: files, clocks. */
@NullMarked
package dev.kilonode.simulator.run.workload;

import org.jspecify.annotations.NullMarked;
