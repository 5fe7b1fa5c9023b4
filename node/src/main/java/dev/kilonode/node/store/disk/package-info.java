/** Chunks on disk: one file for all nodes of a process, by H2's MVStore. Never: threads, clocks. */
@NullMarked
package dev.kilonode.node.store.disk;

import org.jspecify.annotations.NullMarked;
