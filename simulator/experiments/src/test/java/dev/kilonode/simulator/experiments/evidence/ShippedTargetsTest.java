package dev.kilonode.simulator.experiments.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedTargetsTest {

    private static final Path FOLDER = Path.of("../..", "scenarios", "evidence");

    private final ScenarioLoader loader = new ScenarioLoader();

    @Test
    void everyTargetHasItsScenarioAndARangeWithData() throws IOException {
        List<Target> targets = TargetsFile.read(FOLDER.resolve("targets.csv"));
        assertThat(targets).isNotEmpty();
        for (Target target : targets) {
            if (!scenarios().contains(target.scenario())) { // shown as not run; but a slip of the pen is none
                assertThat(Suggestions.of(target.scenario(), scenarios()))
                        .as(target.scenario())
                        .isNull();
                continue;
            }
            Scenario scenario =
                    loader.load(FOLDER.resolve(target.scenario() + ".yaml")).scenario();
            assertThat(scenario.name()).isEqualTo(target.scenario());
            long duration = scenario.duration().toMillis();
            long window = scenario.metrics().window().toMillis();
            TimeRange against = target.against() == null ? target.span() : target.against();
            for (TimeRange span : List.of(target.span(), against)) {
                assertThat(span.toMs(duration)).as(target.published()).isLessThanOrEqualTo(duration);
                long first = -Math.floorDiv(-span.fromMs(duration), window) * window;
                assertThat(first + window)
                        .as("a whole window: " + target.published())
                        .isLessThanOrEqualTo(span.toMs(duration));
            }
            assertThat(target.source()).as(target.published()).isNotBlank();
        }
    }

    @Test
    void everyEvidenceScenarioHasATarget() throws IOException {
        Set<String> aimed = new TreeSet<>();
        TargetsFile.read(FOLDER.resolve("targets.csv")).forEach(target -> aimed.add(target.scenario()));
        assertThat(aimed).containsAll(scenarios());
    }

    private static Set<String> scenarios() throws IOException {
        Set<String> scenarios = new TreeSet<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".yaml"))
                    .forEach(name -> scenarios.add(name.substring(0, name.length() - 5)));
        }
        return scenarios;
    }
}
