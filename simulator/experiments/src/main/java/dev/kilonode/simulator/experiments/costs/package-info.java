/**
 * What cryptography takes on the machine at hand: measured, and written as a costs file. May use: dev.kilonode.node.identity.
 * Never: scenarios, runs, virtual time.
 */
@NullMarked
package dev.kilonode.simulator.experiments.costs;

import org.jspecify.annotations.NullMarked;
