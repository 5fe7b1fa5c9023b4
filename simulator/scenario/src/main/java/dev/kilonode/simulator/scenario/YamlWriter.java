package dev.kilonode.simulator.scenario;

import java.util.regex.Pattern;

/** Writes values as YAML, in block style. */
final class YamlWriter {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");
    private final boolean origins;
    private final StringBuilder out = new StringBuilder();

    YamlWriter(boolean origins) {
        this.origins = origins;
    }

    String write(Section root) {
        section(root, "");
        return out.toString();
    }

    private void section(Section section, String indent) {
        boolean first = true;
        for (var entry : section.entries().entrySet()) {
            // the first key of an item follows its dash
            if (!first || !endsWithDash()) out.append(indent);
            first = false;
            out.append(scalar(
                            new Scalar(entry.getKey(), Scalar.Kind.TEXT, !isPlainKey(entry.getKey()), Origin.NOWHERE)))
                    .append(':');
            value(entry.getValue().value(), indent + "  ");
        }
    }

    private void value(Value value, String indent) {
        if (value instanceof Section section) {
            if (section.entries().isEmpty()) {
                line(" {}", value);
            } else {
                out.append('\n');
                section(section, indent);
            }
        } else if (value instanceof Items items) {
            if (items.values().isEmpty()) {
                line(" []", value);
                return;
            }
            out.append('\n');
            for (Value item : items.values()) {
                out.append(indent).append("- ");
                if (item instanceof Section section && !section.entries().isEmpty()) {
                    section(section, indent + "  ");
                } else {
                    out.setLength(out.length() - 1);
                    value(item, indent + "  ");
                }
            }
        } else {
            line(" " + scalar((Scalar) value), value);
        }
    }

    private void line(String text, Value value) {
        out.append(text);
        if (origins)
            out.append(" # ").append(CONTROL.matcher(value.origin().describe()).replaceAll(" "));
        out.append('\n');
    }

    private boolean endsWithDash() {
        return out.length() > 1 && out.charAt(out.length() - 1) == ' ' && out.charAt(out.length() - 2) == '-';
    }

    private static boolean isPlainKey(String key) {
        return key.matches("[A-Za-z][A-Za-z0-9_-]*") && !key.matches("(?i)y|n|yes|no|on|off|true|false|null");
    }

    private static String scalar(Scalar scalar) {
        if (!scalar.quoted() && !scalar.text().contains("\n")) return scalar.text();
        StringBuilder out = new StringBuilder("\"");
        scalar.text().chars().forEach(c -> {
            if (c == '"' || c == '\\') out.append('\\').append((char) c);
            else if (c == '\n') out.append("\\n");
            else if (c < 0x20 || c > 0x7e) out.append(String.format("\\u%04x", c));
            else out.append((char) c);
        });
        return out.append('"').toString();
    }
}
