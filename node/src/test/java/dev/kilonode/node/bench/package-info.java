/** Measurements of endpoints beside bare Netty; started by benchmarks/endpoints.sh, not by the tests. */
@NullMarked
package dev.kilonode.node.bench;

import org.jspecify.annotations.NullMarked;
