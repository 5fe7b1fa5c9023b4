package dev.kilonode.simulator.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kilonode.reports.run.OutputFile;
import dev.kilonode.simulator.experiments.costs.CostsYaml;
import dev.kilonode.simulator.experiments.costs.CryptoCosts;
import dev.kilonode.simulator.experiments.costs.CryptoCosts.Measured;
import dev.kilonode.simulator.experiments.costs.Stopwatch;
import dev.kilonode.simulator.run.EnvironmentException;
import dev.kilonode.simulator.run.EnvironmentFailure;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.scenario.Suggestions;
import dev.kilonode.simulator.scenario.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code costs measure}: measures the cost of cryptography on this machine, for the cost model. */
final class CostsCommand implements Command<CostsFlags> {
    private static final List<String> ALGORITHMS = List.of("ML-DSA-65", "Ed25519");

    @Override
    public String name() {
        return "costs";
    }

    @Override
    public String operands() {
        return "measure";
    }

    @Override
    public String summary() {
        return "measures what signatures and hashes take on this machine; --out FILE writes a costs file";
    }

    @Override
    public CostsFlags newFlags() {
        return new CostsFlags();
    }

    @Override
    public @Nullable CommandResult run(CostsFlags flags, Console console) {
        String word = flags.operand(name(), "measure");
        if (!word.equals("measure"))
            throw new UsageException("costs measures and nothing else, got " + word + "; write kilonode costs measure");
        if (!ALGORITHMS.contains(flags.algorithm)) {
            throw new UsageException(flags.sourceOf("--algorithm") + ": got \"" + flags.algorithm
                    + "\", expected one of " + String.join(", ", ALGORITHMS)
                    + Suggestions.hint(flags.algorithm, ALGORITHMS));
        }
        Path file = flags.out == null ? null : ScenarioFlags.path(flags.out, "a file");
        if (file != null && Files.exists(file) && !flags.replace)
            throw new UsageException(file + " exists; write --replace to overwrite it, or --out another-file");
        Stopwatch watch = new Stopwatch(System::nanoTime, budget(flags).toNanos());
        if (!flags.quiet)
            console.err().println("measuring, some " + 18 * budget(flags).toMillis() / 1000 + " s ...");
        CryptoCosts costs = CryptoCosts.measure(watch);
        String yaml = CostsYaml.of(costs, flags.algorithm, machine(), watch);
        if (file != null) write(file, yaml);
        if (flags.json()) {
            console.out().println(json(costs).toPrettyString());
        } else if (file == null) {
            if (!flags.quiet) costs.table().forEach(console.err()::println);
            console.out().print(yaml);
        } else if (!flags.quiet) {
            costs.table().forEach(console.out()::println);
        }
        return file == null
                ? null
                : new CommandResult(ExitCode.PASS, "wrote " + file + "; name it in a scenario as costs: {from: FILE}");
    }

    private static Duration budget(CostsFlags flags) {
        try {
            Duration budget = Units.duration(flags.perOperation);
            if (!budget.isZero() && budget.compareTo(Duration.ofHours(1)) <= 0) return budget;
            throw new IllegalArgumentException(
                    "got " + flags.perOperation + ", expected more than 0s and at most 1h; write 1s");
        } catch (IllegalArgumentException e) {
            throw new UsageException(flags.sourceOf("--per-operation") + ": " + e.getMessage());
        }
    }

    private static void write(Path file, String yaml) {
        try {
            OutputFile.write(file, yaml);
        } catch (IOException e) {
            throw new EnvironmentException(EnvironmentFailure.words(e));
        }
    }

    private static ArrayNode json(CryptoCosts costs) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Measured one : costs.of()) {
            json.addObject()
                    .put("algorithm", one.algorithm())
                    .put("what", one.what())
                    .put("provider", one.provider())
                    .put("samples", one.base().samples())
                    .put("base_ns", one.base().medianNanos())
                    .put("base_low_ns", one.base().lowNanos())
                    .put("base_high_ns", one.base().highNanos())
                    .put("per_kib_ns", one.perKib().medianNanos());
        }
        return json;
    }

    /** {@code AMD EPYC 7B13, 2 processors, OpenJDK 17.0.13, 2026-11-23}. */
    private static String machine() {
        String model = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        Path facts = Path.of("/proc/cpuinfo");
        if (Files.isReadable(facts)) {
            try {
                model = Files.readAllLines(facts).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(model);
            } catch (IOException e) {
                // falls back to the name of the system
            }
        }
        int processors = Runtime.getRuntime().availableProcessors();
        return model + ", " + processors + (processors == 1 ? " processor, " : " processors, ")
                + System.getProperty("java.vm.name").replaceAll(" .*", "") + " " + System.getProperty("java.version")
                + ", " + LocalDate.now(ZoneOffset.UTC);
    }
}
