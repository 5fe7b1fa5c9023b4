/**
 * Watches the invariants of a run: what must hold in every node at any time, apart from work under way. It reads nodes, stores and
 * endpoints between two events and changes nothing, so that a run has the same digest with and without it.
 */
@NullMarked
package dev.kilonode.simulator.run.invariants;

import org.jspecify.annotations.NullMarked;
