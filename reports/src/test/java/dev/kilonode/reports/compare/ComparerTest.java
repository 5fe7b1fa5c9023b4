package dev.kilonode.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kilonode.reports.compare.Comparison.Conclusion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparerTest {

    private static final int TRIALS = 400;

    @Test
    void runsOfAnotherModelAreInsufficientAndNeverWorseUnlessTheyMayDiffer() {
        RunGroup before = Groups.model(1, Groups.virtual(12, s -> Groups.outcomes(100 + s, 0, 0, 0)));
        RunGroup worse = Groups.model(2, Groups.virtual(12, s -> Groups.outcomes(150 + s, 0, 0, 0)));
        Comparison comparison = Groups.compare(before, worse);
        assertThat(comparison.conclusion()).isEqualTo(Comparison.Conclusion.INSUFFICIENT);
        assertThat(comparison.words())
                .isEqualTo("insufficient: BASE was computed with model 1, NEW with model 2: record BASE again");
        assertThat(comparison.differences()).containsExactly("model: 1 -> 2");
        assertThat(Groups.compare(Groups.model(0, before), worse).words())
                .contains("BASE is from before models had versions, NEW with model 2: record BASE again");
        assertThat(Groups.compare(Groups.model(2, before), worse).conclusion()).isEqualTo(Comparison.Conclusion.WORSE);
        assertThat(Comparer.compare(before, worse, new Comparer.Options(0.1, List.of(), true))
                        .conclusion())
                .isEqualTo(Comparison.Conclusion.WORSE);
    }

    @Test
    void fiveAgainstFiveWithoutADifferenceGetsWorseInAtMostFivePerCent() {
        int alarms = 0;
        for (long seed = 1; seed <= TRIALS; seed++) {
            var random = new Random(seed);
            Comparison c = Comparer.compare(
                    Groups.wall(5, s -> noisy(random, 1)),
                    Groups.wall(5, s -> noisy(random, 1)),
                    new Comparer.Options(1e-9, List.of(), false)); // no limit, which would hold most alarms back
            alarms += c.conclusion() == Conclusion.WORSE ? 1 : 0;
            assertThat(c.conclusion()).as("seed " + seed).isNotEqualTo(Conclusion.INSUFFICIENT);
        }
        assertThat(alarms).as("of " + TRIALS).isLessThanOrEqualTo(TRIALS / 20);
    }

    @Test
    void fiveAgainstFiveFindsWhatIsPlainToSeeInEveryOutcome() {
        var random = new Random(3);
        Comparison c = Groups.compare(Groups.wall(5, s -> noisy(random, 1)), Groups.wall(5, s -> noisy(random, 4)));
        assertThat(c.conclusion()).isEqualTo(Conclusion.WORSE);
        assertThat(c.of(Measure.Tier.OUTCOME)).allMatch(e -> e.finding() == Finding.WORSE);
    }

    @Test
    void threeAgainstThreeIsInsufficientHoweverLargeTheDifference() {
        Comparison c = Groups.compare(
                Groups.wall(3, s -> Groups.outcomes(100 + s, 0, 0, 0)),
                Groups.wall(3, s -> Groups.outcomes(900 + s, 0, 0, 0)));
        assertThat(c.conclusion()).isEqualTo(Conclusion.INSUFFICIENT);
        assertThat(c.words()).isEqualTo("insufficient: 3 runs in BASE and 3 in NEW, at least 4 a side are needed");
        Effect latency = Groups.effect(c, "upload.latency.p50");
        assertThat(latency.p()).isNull();
        assertThat(latency.changeWords()).isEqualTo("+784 %");
        assertThat(latency.words()).isEqualTo("too few runs to test");
    }

    @Test
    void aShiftOfTwentyPerCentOverTwentySeedsIsFoundInNinetyFivePerCent() {
        int found = 0;
        int alarms = 0;
        for (long seed = 1; seed <= TRIALS; seed++) {
            found += twentySeeds(seed, 1.2).conclusion() == Conclusion.WORSE ? 1 : 0;
            alarms += twentySeeds(seed, 1).conclusion() == Conclusion.WORSE ? 1 : 0;
        }
        assertThat(found).as("of " + TRIALS).isGreaterThanOrEqualTo(TRIALS * 95 / 100);
        assertThat(alarms).as("of " + TRIALS).isLessThanOrEqualTo(TRIALS / 20);
    }

    /** Seeds differ by a fifth among each other, the same seed by a tenth from version to version. */
    private static Comparison twentySeeds(long seed, double factor) {
        var random = new Random(seed);
        var levels = new TreeMap<Long, Double>();
        Comparison c = Groups.compare(
                Groups.virtual(20, s -> {
                    levels.put(s, 30_000 * Math.exp(0.2 * random.nextGaussian()));
                    return Groups.outcomes(levels.get(s) * Math.exp(0.1 * random.nextGaussian()), 0, 0, 0);
                }),
                Groups.virtual(
                        20,
                        s -> Groups.outcomes(
                                factor * levels.getOrDefault(s, 0.0) * Math.exp(0.1 * random.nextGaussian()),
                                0,
                                0,
                                0)));
        assertThat(c.paired()).isTrue();
        return c;
    }

    @Test
    void fromZeroIsSaidInWordsAndNoNumberIsInfinite() {
        Comparison c = Groups.compare(
                Groups.virtual(12, s -> Groups.outcomes(100, 0, 0, 0)),
                Groups.virtual(12, s -> Groups.outcomes(100, 0, 0.002 + s * 1e-5, 0)));
        Effect drops = Groups.effect(c, "transport.drops.ratio");
        assertThat(drops.finding()).isEqualTo(Finding.WORSE);
        assertThat(drops.changeWords()).isEqualTo("from 0, +0.21 %");
        assertThat(drops.words()).isEqualTo("worse: +0.21 %, from 0");
        assertThat(drops.share(1)).isNull();
        assertThat(c.words()).isEqualTo("worse: messages dropped from 0, +0.21 %");
    }

    @Test
    void whatIsGoneIsLessByAllOfItAndNotByMore() {
        Comparison c = Groups.compare(
                Groups.virtual(12, s -> Groups.outcomes(100, 0, 0.001 * s * s * s, 0)),
                Groups.virtual(12, s -> Groups.outcomes(100, 0, 0, 0)));
        Effect drops = Groups.effect(c, "transport.drops.ratio");
        assertThat(drops.changeWords())
                .as("Hodges and Lehmann's shift is more than the median")
                .isEqualTo("-100 %");
        assertThat(drops.words()).isEqualTo("better by 100 %");
        assertThat(drops.intervalWords()).startsWith("-100 % to");
    }

    @Test
    void sureButSmallIsNotWorse() {
        Comparison c = Groups.compare(
                Groups.virtual(20, s -> Groups.outcomes(1_000 + s, 0, 0, 0)),
                Groups.virtual(20, s -> Groups.outcomes(1_050 + s, 0, 0, 0)));
        assertThat(Groups.effect(c, "upload.latency.p50").finding()).isEqualTo(Finding.SLIGHTLY_WORSE);
        assertThat(Groups.effect(c, "upload.latency.p50").words()).isEqualTo("worse by 4.9 %, below the limit");
        assertThat(c.conclusion()).isEqualTo(Conclusion.NOT_WORSE);
    }

    @Test
    void moreIsBetterWhereItIs() {
        Measure more = new Measure("x", "x", Measure.Tier.OUTCOME, false, 0);
        var test = new MeasureComparison(
                more, false, new double[] {1, 2, 3, 4, 5}, new double[] {11, 12, 13, 14, 15}, 0, 0);
        assertThat(test.effect(0.01, 1, 0.1).finding()).isEqualTo(Finding.BETTER);
        assertThat(test.effect(0.06, 1, 0.1).finding()).isEqualTo(Finding.UNCHANGED);
    }

    @Test
    void aSideThatLostItsUploadsDoesNotPass() {
        Comparison c =
                Groups.compare(Groups.virtual(8, s -> Groups.outcomes(100 + s, 0, 0, 0)), Groups.virtual(8, s -> {
                    var values = new LinkedHashMap<>(Groups.outcomes(100 + s, 0, 0, 0));
                    values.keySet().removeIf(id -> id.startsWith("upload."));
                    return values;
                }));
        assertThat(c.conclusion()).isEqualTo(Conclusion.INSUFFICIENT);
        assertThat(c.words()).contains("upload latency p50: 8 of 8 runs of NEW lack it");
    }

    @Test
    void noUploadsOnEitherSideDoNotPass() {
        RunGroup idle = Groups.virtual(8, s -> Map.of("transport.drops.ratio", 0.0, "identity.timeouts.ratio", 0.0));
        Comparison c = Groups.compare(idle, idle);
        assertThat(c.conclusion()).isEqualTo(Conclusion.INSUFFICIENT);
        assertThat(c.words()).contains("upload latency p50: no run has it on either side");
    }

    @Test
    void tooFewPairsToEverAlarmAreInsufficientAndSayHowManyAreNeeded() {
        Comparison c = Groups.compare(
                Groups.virtual(4, s -> Groups.outcomes(100 + s, 0, 0, 0)),
                Groups.virtual(4, s -> Groups.outcomes(900 + s, 0, 0, 0)));
        assertThat(c.conclusion()).isEqualTo(Conclusion.INSUFFICIENT);
        assertThat(c.words()).contains("too few runs for a significant result; 7 pairs are enough");
    }

    @Test
    void equalRunsAreEqualAndFourOfThemSuffice() {
        RunGroup group = Groups.virtual(4, s -> Groups.outcomes(100 + s, 0, 0, 0));
        Comparison c = Groups.compare(group, group);
        assertThat(c.conclusion()).isEqualTo(Conclusion.NOT_WORSE);
        assertThat(c.words()).isEqualTo("nothing changed");
    }

    @Test
    void seedsWithoutAPartnerAreNamedAndThoseWithNoneInCommonAreNotPaired() {
        RunGroup base = Groups.of("virtual", 1, 10, s -> Groups.outcomes(100 + s, 0, 0, 0));
        Comparison some = Groups.compare(base, Groups.of("virtual", 5, 10, s -> Groups.outcomes(100 + s, 0, 0, 0)));
        assertThat(some.paired()).isTrue();
        assertThat(some.pairs()).isEqualTo(6);
        assertThat(some.notes()).anyMatch(n -> n.contains("4 runs whose seed the other side did not run"));
        assertThat(Groups.compare(base, Groups.of("virtual", 50, 10, s -> Groups.outcomes(100 + s, 0, 0, 0)))
                        .paired())
                .isFalse();
    }

    @Test
    void differentClocksAreRefusedAndDifferentScenariosUnlessAllowed() {
        RunGroup virtual = Groups.virtual(5, s -> Groups.outcomes(100, 0, 0, 0));
        RunGroup wall = Groups.wall(5, s -> Groups.outcomes(100, 0, 0, 0));
        assertThatThrownBy(() -> Groups.compare(virtual, wall))
                .isInstanceOf(ComparisonException.class)
                .hasMessageContaining("BASE ran in virtual time, NEW in wall time");
        RunGroup other = with(virtual, Map.of("transport.registry", "paired-locks"), Groups.HERE);
        assertThatThrownBy(() -> Groups.compare(virtual, other))
                .hasMessageContaining("transport.registry: scoped-locks -> paired-locks")
                .hasMessageContaining("--allow-different-scenarios");
        Comparison c = Comparer.compare(virtual, other, new Comparer.Options(0.1, List.of(), true));
        assertThat(c.differences()).containsExactly("transport.registry: scoped-locks -> paired-locks");
    }

    @Test
    void wallTimeOfAnotherMachineGatesNothingAndVirtualTimeStillDoes() {
        Platform there = new Platform("Linux 6.1 amd64", 64, "JVM 17");
        for (String clock : List.of("wall", "virtual")) {
            RunGroup base = Groups.of(clock, 1, 9, s -> Groups.outcomes(100 + s, 0, 0, 0));
            RunGroup fresh = Groups.of(clock, 1, 9, s -> Groups.outcomes(300 + s, 0, 0, 0));
            Comparison c = Groups.compare(base, with(fresh, Map.of("transport.registry", "scoped-locks"), there));
            assertThat(c.conclusion()).isEqualTo(Conclusion.WORSE);
            assertThat(c.gates()).as(clock).isEqualTo(clock.equals("virtual"));
        }
    }

    @Test
    void aMetricOfOnesOwnIsJudgedAloneAndAnUnknownOneRefused() {
        RunGroup base = Groups.virtual(9, s -> Map.of("mine.count", 100.0 + s, "upload.latency.p50", 1.0 * s));
        RunGroup fresh = Groups.virtual(9, s -> Map.of("mine.count", 200.0 + s, "upload.latency.p50", 1e6 * s));
        Comparison c = Comparer.compare(base, fresh, new Comparer.Options(0.1, List.of("mine.count"), false));
        assertThat(c.words()).isEqualTo("worse: mine count +95 %");
        assertThat(Groups.effect(c, "mine.count").adjusted()).isCloseTo(2 / 512.0, within(1e-12));
        assertThat(Groups.effect(c, "upload.latency.p50").finding()).isEqualTo(Finding.SHOWN);
        assertThatThrownBy(() -> Comparer.compare(base, fresh, new Comparer.Options(0.1, List.of("mine.cuont"), false)))
                .hasMessageContaining("no run has the metric mine.cuont; there are: mine.count");
    }

    @Test
    void causesCannotDrownTheOutcomes() {
        RunGroup base = Groups.wall(5, s -> withCauses(100 + s));
        RunGroup fresh = Groups.wall(5, s -> withCauses(400 + s));
        Comparison c = Groups.compare(base, fresh);
        assertThat(Groups.effect(c, "upload.latency.p50").finding()).isEqualTo(Finding.WORSE);
        assertThat(Groups.effect(c, "host.cpu.mean").finding()).isEqualTo(Finding.UNTESTED);
        assertThat(c.conclusion()).isEqualTo(Conclusion.WORSE);
    }

    private static Map<String, Double> withCauses(double level) {
        var values = new LinkedHashMap<>(Groups.outcomes(level, 0, 0, 0));
        values.put("host.cpu.mean", level / 1000);
        values.put("registry.lock.utilisation.mean", level / 1000);
        return values;
    }

    private static Map<String, Double> noisy(Random random, double factor) {
        double level = factor * Math.exp(0.1 * random.nextGaussian());
        return Groups.outcomes(
                30_000 * level,
                0.05 * factor + 0.01 * random.nextDouble(),
                0.02 * factor + 0.01 * random.nextDouble(),
                0.1 * factor + 0.01 * random.nextDouble());
    }

    private static RunGroup with(RunGroup group, Map<String, String> settings, Platform platform) {
        var changed = new Settings(new TreeMap<>(settings));
        return new RunGroup(
                group.label(),
                group.scenario(),
                changed.hash(),
                changed,
                group.clock(),
                platform,
                group.samples(),
                List.of(),
                0);
    }
}
