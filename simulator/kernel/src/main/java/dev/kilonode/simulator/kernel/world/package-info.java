/** What a run needs of a world, in virtual time and in real time: hosts, nodes on them, raw peers. */
@NullMarked
package dev.kilonode.simulator.kernel.world;

import org.jspecify.annotations.NullMarked;
