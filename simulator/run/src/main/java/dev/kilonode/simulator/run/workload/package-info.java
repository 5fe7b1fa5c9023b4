/** Who uploads what, when: open and closed arrival, phases. May use: engine, plan, scenario's records, dev.kilonode.node.upload, dev.kilonode.node.config. Never: files, clocks. */
@NullMarked
package dev.kilonode.simulator.run.workload;

import org.jspecify.annotations.NullMarked;
