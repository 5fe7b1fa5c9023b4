package dev.kilonode.node.store;

import dev.kilonode.node.config.Bytes;
import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;

/** Capacity and medium of a node's store. */
public record StoreConfig(
        @Setting("room for chunks on one node; a full store refuses further ones") @Range(min = "1KiB", max = "1000TB")
        Bytes capacity,

        @Setting("where chunks are stored in wall time: memory or disk; virtual time keeps no content")
        Medium medium,

        @Setting("disk: folder for the file that all nodes of a run share; empty for the folder of the run's results. A"
                + " chunk is acknowledged once it is in the file")
        @Range(min = "0", max = "4096")
        String directory,

        @Setting("disk: whether a chunk is forced to the disk before it is acknowledged; if not, it survives the"
                + " process but not a power failure")
        boolean sync,

        @Setting("disk: whether the file is kept after the run")
        boolean keep) {}
