package dev.kilonode.reports;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Makes reports to look at: {@code -Dlook=FOLDER}. */
@EnabledIfSystemProperty(named = "look", matches = ".+")
class Look {
    @Test
    void make() throws Exception {
        Path root = Path.of(System.getProperty("look"));
        for (Path run : new Path[] {
            SyntheticRun.degraded(root),
            SyntheticRun.healthy(root),
            SyntheticRun.twoSeconds(root),
            SyntheticRun.empty(root),
            SyntheticRun.killed(root),
            SyntheticRun.hostile(root, "<script>alert(1)</script>\u202eevil\u0001\"'&;=")
        }) {
            long start = System.nanoTime();
            System.out.println(
                    Reporter.write(run).headline() + " " + (System.nanoTime() - start) / 1_000_000 + " ms " + run);
        }
    }
}
