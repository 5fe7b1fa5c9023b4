package dev.kilonode.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kilonode.reports.run.CheckResult;
import dev.kilonode.reports.run.CheckResult.Status;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.Summary;
import dev.kilonode.simulator.scenario.Fault;
import dev.kilonode.simulator.scenario.LoadedScenario;
import dev.kilonode.simulator.scenario.ScenarioLoader;
import dev.kilonode.simulator.scenario.ValueOverride;
import dev.kilonode.simulator.settings.Capability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The shipped scenario of a kind of fault, and its runs with and without the fault. */
record FaultScenario(Fault.Kind kind) {

    private static final Path FOLDER = Path.of("../..", "scenarios", "faults");
    private static final Set<String> EFFECT = Set.of("phase during", "phase settling");
    private static final String RECOVERY = "phase after";

    /** Those of all kinds that virtual time can do, or of all others. */
    static Stream<FaultScenario> all(boolean virtualTime) {
        return Arrays.stream(Fault.Kind.values())
                .filter(kind -> Capability.VIRTUAL_TIME.containsAll(kind.needs()) == virtualTime)
                .map(FaultScenario::new);
    }

    LoadedScenario load(String... overrides) {
        List<ValueOverride> values = new ArrayList<>();
        values.add(ValueOverride.parse("test", "report.png=false"));
        for (String each : overrides) values.add(ValueOverride.parse("test", each));
        return new ScenarioLoader().load(FOLDER.resolve(this + ".yaml"), values);
    }

    Summary run(Path out, String... overrides) throws Exception {
        RunSpec spec = RunSpec.of(load(overrides), out, "test");
        RunResult result = new LocalRunner().run(spec, ProgressListener.NONE, new StopSignal());
        return Objects.requireNonNull(RunData.read(result.directory()).summary());
    }

    Summary runWithoutFault(Path out, String... overrides) throws Exception {
        String[] all = Arrays.copyOf(overrides, overrides.length + 1);
        all[overrides.length] = "faults=[]";
        return run(out, all);
    }

    /** Whether the run ended as it should: with its fault all checks hold; without it those of the effect fail, and no others. */
    static boolean isRight(Summary run, boolean fault) {
        return run.checks().stream().allMatch(check -> check.status() == expected(check, fault));
    }

    /** As {@link #isRight}, with a message. The checks of the effect prove the fault, as they fail without it. */
    void assertRight(Summary run, boolean fault) {
        assertThat(run.checks())
                .as("checks of " + this)
                .anyMatch(check -> EFFECT.contains(check.over()))
                .anyMatch(check -> check.over().equals(RECOVERY));
        for (CheckResult check : run.checks()) {
            assertThat(check.status())
                    .as(
                            "%s %s its fault: the check %s got %s",
                            this, fault ? "with" : "without", check.id(), check.actual())
                    .isEqualTo(expected(check, fault));
        }
    }

    private static Status expected(CheckResult check, boolean fault) {
        return fault || !EFFECT.contains(check.over()) ? Status.PASS : Status.FAIL;
    }

    /** The value of the key {@code kind}, and the name of the scenario. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
