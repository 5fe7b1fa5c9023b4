/** Measures the cost of cryptography on this machine and writes it as a costs file. Never: scenarios, runs, virtual time. */
@NullMarked
package dev.kilonode.simulator.experiments.costs;

import org.jspecify.annotations.NullMarked;
