package dev.kilonode.simulator.cli;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.ParameterDescription;
import com.beust.jcommander.ParameterException;
import dev.kilonode.simulator.scenario.Suggestions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A strict parser around JCommander, which takes {@code --seed=5} and mistyped flags for file names. Every word is checked before
 * JCommander sees it, and operands are not passed to it.
 */
final class CommandLine {
    private final CommonFlags flags;
    private final JCommander parser;
    private final Map<String, ParameterDescription> known = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();

    private CommandLine(CommonFlags flags) {
        this.flags = flags;
        this.parser =
                JCommander.newBuilder().addObject(flags).expandAtSign(false).build();
        for (ParameterDescription flag : described(flags)) {
            for (String name : flag.getParameter().names()) known.put(name, flag);
        }
    }

    /** @throws UsageException with what to write */
    static <F extends CommonFlags> F parse(F flags, List<String> arguments, Map<String, String> environment) {
        CommandLine line = new CommandLine(flags);
        line.read(arguments);
        line.addEnvironment(environment);
        try {
            line.parser.parse(line.words.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        flags.operands = List.copyOf(line.operands);
        if (!List.of("text", "json").contains(flags.format)) {
            throw new UsageException(flags.sourceOf("--format") + ": got \"" + flags.format
                    + "\", expected text or json; write --format json");
        }
        return flags;
    }

    private void read(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--")) {
                operands.addAll(arguments.subList(i + 1, arguments.size()));
                return;
            }
            if (!word.startsWith("-") || word.length() == 1) {
                operands.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            ParameterDescription flag = known.get(name);
            if (flag == null) throw new UsageException("unknown flag " + name + hint(name));
            if (isSwitch(flag)) {
                if (equals >= 0)
                    throw new UsageException(name + " takes no value; write " + name + ", or leave it out");
                add(flag, name, null);
            } else if (equals >= 0) {
                add(flag, name, word.substring(equals + 1));
            } else {
                boolean missing = i + 1 >= arguments.size() || isFlag(arguments.get(i + 1));
                if (missing) throw new UsageException(name + " needs a value; write " + name + " VALUE");
                add(flag, name, arguments.get(++i));
            }
        }
    }

    private boolean isFlag(String word) {
        int equals = word.indexOf('=');
        return word.startsWith("--") || known.containsKey(equals < 0 ? word : word.substring(0, equals));
    }

    private String hint(String name) {
        String close = Suggestions.hint(name, known.keySet());
        return close.isEmpty() ? "; flags here: " + String.join(" ", new TreeSet<>(known.keySet())) : close;
    }

    private void add(ParameterDescription flag, String name, @Nullable String value) {
        String longName = longest(flag);
        boolean again = flags.sources.put(longName, longName) != null;
        if (again && !isList(flag)) throw new UsageException(name + " was given twice; write it once");
        words.add(longName);
        if (value != null) words.add(value);
    }

    /**
     * Adds values of flags that were not given, from {@code KILONODE_SEED} for {@code --seed} and so on; an empty variable counts as not
     * set.
     */
    private void addEnvironment(Map<String, String> environment) {
        for (ParameterDescription flag : described(flags)) {
            String name = longest(flag);
            String variable = variable(name);
            String value = environment.getOrDefault(variable, "").strip();
            if (name.equals("--help") || value.isEmpty() || flags.sources.containsKey(name)) continue;
            flags.sources.put(name, variable);
            if (isSwitch(flag)) {
                if (!value.matches("true|false|1|0")) {
                    throw new UsageException(variable + ": got \"" + value + "\", expected true or false; write true");
                }
                if (value.matches("true|1")) words.add(name);
            } else {
                for (String one : isList(flag) ? value.split("\\R") : new String[] {value})
                    words.addAll(List.of(name, one.strip()));
            }
        }
    }

    static String variable(String flag) {
        return "KILONODE_" + flag.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** One line per flag, for help. */
    static List<String> describe(CommonFlags flags) {
        List<String> lines = new ArrayList<>();
        for (ParameterDescription flag : described(flags)) {
            if (flags.refused().contains(longest(flag))) continue;
            String names = String.join(", ", flag.getParameter().names()) + (isSwitch(flag) ? "" : " VALUE");
            lines.add(String.format(Locale.ROOT, "  %-24s %s", names, flag.getDescription()));
        }
        return lines;
    }

    private static List<ParameterDescription> described(CommonFlags flags) {
        JCommander parser = JCommander.newBuilder().addObject(flags).build();
        parser.parse(); // JCommander has its list of flags only after parsing
        return parser.getParameters().stream()
                .sorted(Comparator.comparing(CommandLine::longest))
                .toList();
    }

    private static String longest(ParameterDescription flag) {
        String[] names = flag.getParameter().names();
        return names[names.length - 1];
    }

    private static boolean isSwitch(ParameterDescription flag) {
        return flag.getParameterized().getType() == boolean.class;
    }

    private static boolean isList(ParameterDescription flag) {
        return flag.getParameterized().getType() == List.class;
    }
}
