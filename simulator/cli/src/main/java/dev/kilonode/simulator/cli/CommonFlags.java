package dev.kilonode.simulator.cli;

import com.beust.jcommander.Parameter;
import dev.kilonode.simulator.run.FailOn;
import dev.kilonode.simulator.scenario.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Flags of every command, and the operands. Filled by {@link CommandLine}. */
class CommonFlags {
    @Parameter(
            names = {"-h", "--help"},
            description = "what the command does and its flags")
    boolean help;

    @Parameter(names = "--format", description = "text, or json: JSON on stdout, all else on stderr")
    String format = "text";

    @Parameter(
            names = {"-q", "--quiet"},
            description = "only the last line and errors")
    boolean quiet;

    @Parameter(
            names = {"-v", "--verbose"},
            description = "more output")
    boolean verbose;

    List<String> operands = List.of();

    /** Source of each flag's value: the flag itself, or its environment variable. */
    final Map<String, String> sources = new LinkedHashMap<>();

    /** Inherited flags that this command refuses; help does not list them. */
    Set<String> refused() {
        return Set.of();
    }

    /** The flag or variable to name in messages about a value. */
    String sourceOf(String flag) {
        return sources.getOrDefault(flag, flag);
    }

    boolean json() {
        return format.equals("json");
    }

    /** The only operand. */
    String operand(String command, String what) {
        if (operands.size() == 1) return operands.get(0);
        throw new UsageException(
                operands.isEmpty()
                        ? command + " needs " + what + "; write kilonode " + command + " " + what
                        : command + " takes one " + what + ", got " + String.join(" ", operands));
    }

    /** @throws UsageException if {@code value} is not one of {@code choices} */
    String choice(String flag, String value, List<String> choices) {
        if (choices.contains(value)) return value;
        throw new UsageException(sourceOf(flag) + ": got \"" + value + "\", expected one of "
                + String.join(", ", choices) + Suggestions.hint(value, choices));
    }

    /** @throws UsageException if the value is wrong */
    FailOn failOn(String text) {
        List<String> choices = Stream.of(FailOn.values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
        return FailOn.valueOf(choice("--fail-on", text, choices).toUpperCase(Locale.ROOT));
    }
}
