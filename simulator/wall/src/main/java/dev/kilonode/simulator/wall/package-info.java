/**
 * The world in real time: nodes on a few event loops that also drive their sockets, signatures on worker threads, faults between nodes and
 * links, and samplers of the machine. It has no files and draws no unseeded random numbers.
 */
@NullMarked
package dev.kilonode.simulator.wall;

import org.jspecify.annotations.NullMarked;
