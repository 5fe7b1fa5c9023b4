package dev.kilonode.simulator.experiments.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.simulator.scenario.Scenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariationTest {

    private static final Scenario SMOKE = new ScenarioLoader()
            .load(Path.of("../..", "scenarios", "smoke.yaml"))
            .scenario();

    @Test
    void valuesAreSplitAtCommasOfTheirOwnLevel() {
        assertThat(Variation.parse("a.b= 1, [2, 3] ,{c: 4, d: [5,6]},'7,8',\"9,\"", SMOKE))
                .extracting(one -> one.values().get(0))
                .containsExactly("1", "[2, 3]", "{c: 4, d: [5,6]}", "'7,8'", "\"9,\"");
    }

    @Test
    void combinationsHaveAValueOnEachAxisAndTheLastVariesFastest() {
        List<Variation> all = Variation.crossed(List.of(
                Variation.parse("transport.shards=8,16", SMOKE), Variation.parse("transport.slots=4,5", SMOKE)));
        assertThat(all)
                .extracting(Variation::values)
                .containsExactly(List.of("8", "4"), List.of("8", "5"), List.of("16", "4"), List.of("16", "5"));
        assertThat(all.get(1).overrides())
                .containsExactly(
                        new ValueOverride("--vary", "transport.shards", "8"),
                        new ValueOverride("--vary", "transport.slots", "5"));
        assertThat(all.get(1).suffix()).isEqualTo("-transport.shards=8-transport.slots=5");
    }

    @Test
    void nodesBringTheirHosts() {
        assertThat(Variation.grid(SMOKE)).extracting(Variation::label).contains("nodes=15", "nodes=60", "uploaders=1");
        assertThat(Variation.parse("nodes=60", SMOKE).get(0).overrides())
                .contains(
                        new ValueOverride("--vary", "nodes.count", "60"),
                        new ValueOverride("--vary", "hosts[0].count", "12"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes | expected path=value,value",
                "nodes= | expected path=value",
                "=1 | expected path=value",
                "nodes=1,,2 | a value is missing",
                "nodes=1,2, 1 | 1 is given twice"
            })
    void anotherFormIsRefused(String text, String words) {
        assertThatThrownBy(() -> Variation.parse(text, SMOKE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
