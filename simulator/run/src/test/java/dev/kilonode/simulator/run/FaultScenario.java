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

    /** The fault shows, and it ends. */
    void assertHeld(Summary run) {
        assertThat(results(run.checks(), "")).as("checks of " + this).isSubsetOf(Status.PASS);
        assertThat(results(run.checks(), EFFECT)).as("checks of the effect of " + this).isNotEmpty();
        assertThat(results(run.checks(), RECOVERY)).as("checks of the recovery from " + this).isNotEmpty();
        assertThat(run.verdict()).as(String.join("; ", run.reasons())).isEqualTo(Summary.Verdict.PASS);
    }

    /** Each check of the effect fails, so it proves the fault; all others hold, so they tell of the fault alone. */
    void assertMissing(Summary run) {
        for (CheckResult check : run.checks()) {
            assertThat(check.status())
                    .as("without its fault, the check " + check.id() + " of " + this + ", which got " + check.actual())
                    .isEqualTo(check.over().equals(EFFECT) ? Status.FAIL : Status.PASS);
        }
    }

    private static List<Status> results(List<CheckResult> checks, String over) {
        return checks.stream()
                .filter(check -> check.over().startsWith(over))
                .map(CheckResult::status)
                .toList();
    }

    /** The value of the key {@code kind}, and the name of the scenario. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
