package dev.kilonode.node.store;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;

/** How much a node stores, and on what. */
public record StoreConfig(
        @Setting("room for chunks on one node; a full store refuses") @Range(min = "1KiB", max = "1000TB")
        Bytes capacity,

        @Setting("what holds chunks in wall time: memory or disk; virtual time keeps no content")
        Medium medium,

        @Setting("disk: folder for the one file of all nodes of a run; empty for the folder of the run's results. A"
                + " chunk is acknowledged once it is in the file")
        @Range(min = "0", max = "4096")
        String directory,

        @Setting("disk: whether a chunk is forced to the disk before it is acknowledged; without, it outlives the"
                + " process, and not a power cut")
        boolean sync,

        @Setting("disk: whether the file stays when the run has ended")
        boolean keep) {}
