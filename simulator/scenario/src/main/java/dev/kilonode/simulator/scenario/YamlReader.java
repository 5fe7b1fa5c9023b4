package dev.kilonode.simulator.scenario;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/** Parses YAML or JSON text into values with positions. Creates no objects, so a hostile file cannot name a class. */
final class YamlReader {
    private static final int MAX_DEPTH = 30;

    /** Most values that references may add to those that are written. */
    private static final int MAX_REPEATED = 10_000;

    /** Larger than any file that is read. */
    private static final int MAX_CHARACTERS = 32 << 20;

    private final String source;
    private final String[] lines;
    private final int firstColumn;
    private final Problems problems;
    private int values;
    private int mostValues;

    private YamlReader(String source, String[] lines, int firstColumn, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.lines = lines;
        this.firstColumn = firstColumn;
    }

    /** Reads the document of a file; an empty one gives an empty section. */
    static Section document(String source, String text, Problems problems) {
        YamlReader reader = new YamlReader(source, text.split("\\R", -1), 0, problems);
        Value value = reader.read(text);
        if (value instanceof Section section) return section;
        if (value instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NOTHING) {
            return new Section(Map.of(), scalar.origin());
        }
        throw ScenarioException.at(
                value.origin(), "", "got " + value.describe() + ", expected keys and values; write name: my-scenario");
    }

    /** Reads a single value given outside a file, such as the right side of {@code --set path=value}. */
    static Value single(String source, String line, int column, String text) {
        Problems problems = new Problems();
        Value value = new YamlReader(source, new String[] {line}, column - 1, problems).read(text);
        problems.throwIfAny();
        return value;
    }

    private Value read(String text) {
        // a tab may separate tokens in JSON but not in YAML; inside JSON's strings a tab is never raw
        String source = text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(10);
        options.setCodePointLimit(MAX_CHARACTERS);
        mostValues = text.length() + MAX_REPEATED;
        Node node;
        try {
            node = new Yaml(options).compose(new StringReader(source));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            Origin origin = mark == null ? start() : at(mark);
            // an unquoted > begins a block of text; this is how most operators of checks go wrong
            String hint = origin.text().matches("\\s*(- )?op:\\s*>.*") ? "; write op: \">=\", in quotes" : "";
            throw ScenarioException.at(origin, "", "not valid YAML: " + oneLine(e.getProblem()) + hint);
        } catch (ReaderException e) {
            String what =
                    String.format("got the character U+%04X, which text does not hold; leave it out", e.getCodePoint());
            throw ScenarioException.at(at(source, e.getPosition()), "", what);
        } catch (YAMLException e) {
            throw ScenarioException.at(start(), "", "not valid YAML: " + oneLine(e.getMessage()));
        }
        if (node == null) return new Scalar("", Scalar.Kind.NOTHING, false, start());
        return convert(node, "", 0);
    }

    private Value convert(Node node, String path, int depth) {
        Origin origin = at(node.getStartMark());
        if (depth > MAX_DEPTH || ++values > mostValues) {
            throw ScenarioException.at(
                    origin, path, "got too many nested or repeated values, expected a plain scenario");
        }
        if (node instanceof MappingNode mapping) return section(mapping, path, depth, origin);
        if (node instanceof SequenceNode sequence) {
            List<Value> items = new ArrayList<>();
            for (Node item : sequence.getValue()) items.add(convert(item, path + "[" + items.size() + "]", depth + 1));
            return new Items(List.copyOf(items), origin);
        }
        ScalarNode scalar = (ScalarNode) node;
        return new Scalar(scalar.getValue(), kind(scalar), !scalar.isPlain(), origin);
    }

    private Section section(MappingNode mapping, String path, int depth, Origin origin) {
        Map<String, Section.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Origin key = at(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(key, path, "got a key that is itself a list or a section, expected a word");
                continue;
            }
            String below = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
            if (name.getTag().equals(Tag.MERGE)) {
                problems.add(key, path, "got the merge key <<, expected plain keys; write extends: other.yaml");
                continue;
            }
            Section.Entry entry = new Section.Entry(key, convert(tuple.getValueNode(), below, depth + 1));
            Section.Entry earlier = entries.putIfAbsent(name.getValue(), entry);
            if (earlier != null) {
                problems.add(
                        key,
                        below,
                        "got this key twice, first in line " + earlier.key().line() + "; write it once");
            }
        }
        return new Section(entries, origin);
    }

    private static Scalar.Kind kind(ScalarNode scalar) {
        if (!scalar.isPlain()) return Scalar.Kind.TEXT;
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) return Scalar.Kind.NOTHING;
        if (tag.equals(Tag.BOOL)) return Scalar.Kind.BOOLEAN;
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Scalar.Kind.NUMBER : Scalar.Kind.TEXT;
    }

    private Origin start() {
        return new Origin(source, 1, 1 + firstColumn, lines[0]);
    }

    private Origin at(Mark mark) {
        int line = Math.max(0, Math.min(mark.getLine(), lines.length - 1));
        return new Origin(source, line + 1, mark.getColumn() + 1 + (line == 0 ? firstColumn : 0), lines[line]);
    }

    /** The position of a code point. */
    private Origin at(String text, int position) {
        int end = text.offsetByCodePoints(0, Math.min(position, text.codePointCount(0, text.length())));
        String[] before = text.substring(0, end).split("\\R", -1);
        int column = before[before.length - 1].length() + 1 + (before.length == 1 ? firstColumn : 0);
        return new Origin(this.source, before.length, column, lines[Math.min(before.length, lines.length) - 1]);
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
