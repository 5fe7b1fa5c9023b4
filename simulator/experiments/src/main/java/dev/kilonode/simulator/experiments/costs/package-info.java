/** Measures the cost of cryptography on this machine and writes it as a costs file. It does not depend on scenarios or runs. */
@NullMarked
package dev.kilonode.simulator.experiments.costs;

import org.jspecify.annotations.NullMarked;
