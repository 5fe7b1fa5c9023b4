package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParametersDelegate;
import dev.kilonode.simulator.experiments.suite.RunArguments;
import dev.kilonode.simulator.experiments.suite.SuiteSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Flags of {@code suite}: those of its runs, and the number of runs. */
class SuiteFlags extends RunFlags {
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,5})/([0-9]{1,5})");
    private static final Pattern SEEDS = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");

    @Parameter(names = "--seeds", description = "1..20, or 1,2,3; otherwise the scenario's own seed")
    @Nullable
    String seeds;

    @Parameter(names = "--repeat", description = "how often each scenario and seed is run")
    String repeat = "1";

    @Parameter(names = "--jobs", description = "how many runs at a time, each in a process of its own")
    String jobs = "1";

    @Parameter(names = "--skip-done", description = "keep the runs of --out that have ended, make the others")
    boolean skipDone;

    @Parameter(names = "--shard", description = "make a share of the runs, such as 3/10; suite merge joins the shares")
    @Nullable
    String shard;

    @ParametersDelegate
    final LeaseFlags leases = new LeaseFlags();

    @Override
    Set<String> refused() {
        return Set.of("--seed", "--name", "--progress");
    }

    /** @throws UsageException for flags of a single run that do not apply to a suite */
    void refuseSingleRunFlags() {
        if (sources.containsKey("--seed")) {
            throw new UsageException(sourceOf("--seed") + ": a suite has several seeds; write --seeds " + seed);
        }
        if (name != null) {
            throw new UsageException(
                    sourceOf("--name") + ": runs of a suite are kept under their scenarios' names; leave it out");
        }
        if ("--progress".equals(sources.get("--progress"))) {
            throw new UsageException(
                    "--progress: a suite prints a line for each run that ends; leave it out, or write -q");
        }
        if (skipDone && !sources.containsKey("--out")) {
            throw new UsageException("--skip-done needs the suite to go on with; write --out results/my-suite");
        }
    }

    /** The seeds in the order given; empty for each scenario's own. */
    List<Long> seeds() {
        if (seeds == null) return List.of();
        Set<Long> all = new LinkedHashSet<>();
        for (String part : seeds.split(",", -1)) {
            Matcher range = SEEDS.matcher(part.strip());
            if (!range.matches()) throw wrongSeeds("got \"" + part + "\"");
            long first = Long.parseLong(range.group(1));
            long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
            if (last < first) throw wrongSeeds("got " + part + ", which runs backwards");
            if (last - first >= SuiteSpec.MOST_RUNS)
                throw wrongSeeds("got more than " + SuiteSpec.MOST_RUNS + " seeds");
            for (long one = first; one <= last; one++) {
                if (!all.add(one)) throw wrongSeeds("got seed " + one + " twice");
            }
        }
        return new ArrayList<>(all);
    }

    int repetitions() {
        return number("--repeat", repeat, SuiteSpec.MOST_RUNS);
    }

    /** The share of the runs to make; null for all. */
    SuiteSpec.@Nullable Share share() {
        if (shard == null) return null;
        Matcher share = SHARE.matcher(shard.strip());
        if (share.matches()) {
            int number = Integer.parseInt(share.group(1));
            int of = Integer.parseInt(share.group(2));
            if (number >= 1 && number <= of) return new SuiteSpec.Share(number, of);
        }
        throw new UsageException(sourceOf("--shard") + ": got \"" + shard
                + "\", expected a share and the number of shares, from 1/1 on; write --shard 3/10");
    }

    /** The threads of each run for which {@code --threads} names none. */
    int threadsOfEachRun() {
        return 1;
    }

    int jobs() {
        return number("--jobs", jobs, 256);
    }

    /** Arguments of all runs, without those that they inherit from an environment variable. */
    RunArguments runArguments() {
        List<String> line = new ArrayList<>(List.of("--fail-on", failOn));
        if (timeBudget != null) line.addAll(List.of("--time-budget", timeBudget));
        if (realCrypto) line.add("--real-crypto");
        if (sources.containsKey("--threads")) line.addAll(List.of("--threads", threads));
        if (plugins != null) line.addAll(List.of("--plugins", plugins));
        String[][] named = {{"--clock", clock}, {"--duration", duration}, {"--scale", scale}};
        for (String[] flag : named) {
            if (flag[0].equals(sources.get(flag[0]))) line.addAll(List.of(flag[0], flag[1]));
        }
        if (passesSet()) set.forEach(value -> line.addAll(List.of("--set", value)));
        return new RunArguments(line);
    }

    /** Whether to pass {@code --set} to the runs; values from the environment variable are inherited. */
    boolean passesSet() {
        return "--set".equals(sources.get("--set"));
    }

    String commandName() {
        return "suite";
    }

    /** The command line of this suite as a whole, for copying. */
    String command() {
        StringBuilder line = new StringBuilder("./kilonode ").append(commandName());
        operands.forEach(operand -> line.append(' ').append(quoted(operand)));
        if (seeds != null) line.append(" --seeds ").append(quoted(seeds));
        if (!repeat.equals("1")) line.append(" --repeat ").append(quoted(repeat));
        set.forEach(value -> line.append(" --set ").append(quoted(value)));
        String[][] named = {
            {"--clock", clock}, {"--duration", duration}, {"--scale", scale}, {"--time-budget", timeBudget}
        };
        for (String[] flag : named) {
            if (flag[1] != null) line.append(' ').append(flag[0]).append(' ').append(quoted(flag[1]));
        }
        if (!failOn.equals("fail")) line.append(" --fail-on ").append(quoted(failOn));
        if (realCrypto) line.append(" --real-crypto");
        if (plugins != null) line.append(" --plugins ").append(quoted(plugins));
        return line.toString();
    }

    private int number(String flag, String text, int most) {
        if (text.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) return number;
        }
        throw new UsageException(
                sourceOf(flag) + ": got \"" + text + "\", expected 1 to " + most + "; write " + flag + " 2");
    }

    private UsageException wrongSeeds(String what) {
        return new UsageException(
                sourceOf("--seeds") + ": " + what + ", expected seeds such as 1..20 or 1,2,3; write --seeds 1..20");
    }
}
