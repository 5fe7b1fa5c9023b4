package dev.kilonode.simulator.scenario;

import dev.kilonode.node.config.Range;
import dev.kilonode.node.config.Setting;
import dev.kilonode.node.upload.UploadConfig;
import java.util.List;

/** Who uploads what, when; and which nodes come and go. */
public record Workload(
        @Setting("the clients") Uploaders uploaders,
        @Setting("one upload") UploadConfig upload,

        @Setting(
                "stretches of load, one after another from the start of the uploads; none: all uploaders, all the time")
        @Range(min = "0", max = "1000")
        List<Phase> phases,

        @Setting("nodes that restart") Churn churn) {}
