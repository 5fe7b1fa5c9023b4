/** Chunks on disk, in one H2 MVStore file for all nodes of a process. It has no threads or clocks. */
@NullMarked
package dev.kilonode.node.store.disk;

import org.jspecify.annotations.NullMarked;
