/** What can go wrong and when: each fault a small class. May use: engine, world, scenario's records, and node's config, link, runtime, transport, wire, identity. Never: files, clocks, threads. */
@NullMarked
package dev.kilonode.simulator.run.fault;

import org.jspecify.annotations.NullMarked;
