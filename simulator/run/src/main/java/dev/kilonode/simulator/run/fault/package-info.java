/**
 * What goes wrong in a run. A fault on hosts is one line in {@link dev.kilonode.simulator.run.fault.FaultFactory}; an attack by
 * malicious peers is a class. Never: files, clocks, threads.
 */
@NullMarked
package dev.kilonode.simulator.run.fault;

import org.jspecify.annotations.NullMarked;
