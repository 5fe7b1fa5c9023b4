/**
 * A run over several processes: the coordinator's side, which merges the windows of all workers and judges them as one run, and the
 * worker's side, which executes a part. The control plane between them is an interface.
 */
@NullMarked
package dev.kilonode.simulator.run.distributed;

import org.jspecify.annotations.NullMarked;
