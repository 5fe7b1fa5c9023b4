/** The interface between a run and its world, in virtual time and in real time: hosts, nodes on them, raw peers. */
@NullMarked
package dev.kilonode.simulator.kernel.world;

import org.jspecify.annotations.NullMarked;
