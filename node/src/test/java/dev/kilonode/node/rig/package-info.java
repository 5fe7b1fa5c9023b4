/** A small virtual world for the node's own tests: one clock, loopback endpoints, unsigned frames. */
@NullMarked
package dev.kilonode.node.rig;

import org.jspecify.annotations.NullMarked;
