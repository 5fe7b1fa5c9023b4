/**
 * Benchmarks, started by the scripts in benchmarks/ and by no run. Microbenchmarks use JMH. Those of endpoints and of the whole
 * transport do not: requests run on the threads of the nodes, not on a thread of the benchmark, and what is measured is the processor
 * time of the process. Never: a dependency of another module.
 */
@NullMarked
package dev.kilonode.benchmarks;

import org.jspecify.annotations.NullMarked;
