/** What a node tells whoever watches it: counters and latencies, no decisions. May use: wire. */
@NullMarked
package dev.kilonode.node.observe;

import org.jspecify.annotations.NullMarked;
