package dev.kilonode.reports.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.SyntheticRun;
import dev.kilonode.reports.run.RunData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropsByNodeTest {

    @TempDir
    Path root;

    @Test
    void worstNodesAreThoseOfTheWholeRun() throws IOException {
        Path run = SyntheticRun.twoSeconds(root);
        Path counts = run.resolve("data/drops-by-node.csv");
        Files.writeString(counts, """
            node,drops,first_ms,last_ms,main_cause,main_kind
            node-7,10,60000,120000,shard-full,ping
            node-12,3000000000,90000000,111600000,unread,notify
            """);
        DropsByNode drops = new DropsByNode(RunData.read(run));
        assertThat(drops.firstMs()).isEqualTo(60_000);
        assertThat(drops.worstNodes().rows().get(0))
                .isEqualTo(List.of("node-12", "3,000,000,000", "100.0 %", "unread", "notify", "25 h", "31 h"));
        assertThat(drops.worstNodes().columns()).contains("drops").doesNotContain("sampled drops");
        Files.delete(counts); // as an older run left it
        assertThat(new DropsByNode(RunData.read(run)).worstNodes().columns()).contains("sampled drops");
    }
}
