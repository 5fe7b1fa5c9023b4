/** What can go wrong and when: each fault a small class. May use: engine, world, scenario's records, dev.kilonode.node.config. Never: files, clocks, threads. */
@NullMarked
package dev.kilonode.simulator.fault;

import org.jspecify.annotations.NullMarked;
