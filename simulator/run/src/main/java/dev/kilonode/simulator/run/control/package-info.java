/**
 * The control plane of a run over several processes: one coordinator, which decides, and workers, which run the nodes. It carries commands
 * and reports, never messages of nodes. It knows no world and no protocol; the module {@code cluster} carries it between processes.
 */
@NullMarked
package dev.kilonode.simulator.run.control;

import org.jspecify.annotations.NullMarked;
