/**
 * Measures the cost of cryptography on this machine and writes it as a costs file. May use: dev.kilonode.node.identity. Never: scenarios,
 * runs, virtual time.
 */
@NullMarked
package dev.kilonode.simulator.experiments.costs;

import org.jspecify.annotations.NullMarked;
