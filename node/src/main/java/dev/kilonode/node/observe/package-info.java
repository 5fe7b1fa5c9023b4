/** What a node counts and measures, for whoever observes it; no decisions. */
@NullMarked
package dev.kilonode.node.observe;

import org.jspecify.annotations.NullMarked;
