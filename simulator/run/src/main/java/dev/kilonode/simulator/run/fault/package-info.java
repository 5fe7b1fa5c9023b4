/**
 * The faults of a run. A fault on hosts is one line in {@link dev.kilonode.simulator.run.fault.FaultFactory}; an attack by malicious peers
 * is a class. The package has no files, clocks or threads.
 */
@NullMarked
package dev.kilonode.simulator.run.fault;

import org.jspecify.annotations.NullMarked;
