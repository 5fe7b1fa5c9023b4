package dev.kilonode.simulator.cli;

import dev.kilonode.simulator.scenario.Suggestions;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code help [COMMAND]}: lists the commands, or the flags of one. */
final class HelpCommand implements Command<CommonFlags> {
    private final List<Command<?>> commands;

    /** @param commands all other commands, in the order to show them */
    HelpCommand(List<Command<?>> commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String operands() {
        return "[COMMAND]";
    }

    @Override
    public String summary() {
        return "lists the commands, or the flags of one";
    }

    @Override
    public CommonFlags newFlags() {
        return new CommonFlags();
    }

    @Override
    public @Nullable CommandResult run(CommonFlags flags, Console console) {
        if (flags.operands.isEmpty()) {
            console.out().print(overview());
            return null;
        }
        String wanted = flags.operands.get(0);
        for (Command<?> command : commands) {
            if (command.name().equals(wanted)) {
                console.out().print(of(command));
                return null;
            }
        }
        throw new UsageException("unknown command " + wanted + Suggestions.hint(wanted, names()));
    }

    List<String> names() {
        return commands.stream().map(Command::name).toList();
    }

    String overview() {
        StringBuilder text = new StringBuilder("Kilonode, a simulator and soak tester for peer-to-peer transports\n\n"
                + "usage: kilonode COMMAND [FLAGS] ...\n\n");
        for (Command<?> command : commands) {
            text.append(String.format(
                    Locale.ROOT, "  %-28s %s%n", command.name() + " " + command.operands(), command.summary()));
        }
        return text.append("\n"
                        + "kilonode help COMMAND shows its flags. First steps: kilonode run"
                        + " scenarios/quickstart.yaml\n")
                .toString();
    }

    static String of(Command<?> command) {
        StringBuilder text = new StringBuilder("usage: kilonode ")
                .append((command.name() + " [FLAGS] " + command.operands()).strip())
                .append("\n\n  ")
                .append(command.summary())
                .append("\n\n");
        CommandLine.describe(command.newFlags())
                .forEach(line -> text.append(line).append('\n'));
        text.append("\nEach flag has an environment variable, such as KILONODE_FORMAT for --format; the flag wins.\n");
        return text.toString();
    }
}
