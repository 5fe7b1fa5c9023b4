package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import dev.kilonode.node.upload.UploadConfig;
import java.util.List;

/** The load: uploaders, uploads, phases, and restarts of nodes. */
public record Workload(
        @Setting("the clients") Uploaders uploaders,
        @Setting("one upload") UploadConfig upload,

        @Setting("phases of load, one after another from the start of the uploads; none: all uploaders, all the time")
        @Range(min = "0", max = "1000")
        List<Phase> phases,

        @Setting("nodes that restart") Churn churn) {}
