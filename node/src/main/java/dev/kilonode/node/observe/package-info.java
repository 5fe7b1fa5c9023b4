/** The counts and measurements of a node, for observers. They do not influence the node. */
@NullMarked
package dev.kilonode.node.observe;

import org.jspecify.annotations.NullMarked;
