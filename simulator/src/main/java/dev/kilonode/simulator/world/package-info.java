/** Virtual world: hosts, processors, links between hosts. May use: dev.kilonode.node, dev.kilonode.simulator.engine. Never: io.netty, threads, files. */
@NullMarked
package dev.kilonode.simulator.world;

import org.jspecify.annotations.NullMarked;
