/** Measurements of endpoints beside bare Netty; started by the scripts in benchmarks, not by the tests. */
@NullMarked
package dev.kilonode.node.bench;

import org.jspecify.annotations.NullMarked;
