package dev.kilonode.simulator.scenario;

/**
 * A single value as written.
 *
 * @param text without quotes
 * @param kind how plain YAML reads it; quoted values are always text
 * @param quoted whether it was in quotes or a block
 */
record Scalar(String text, Kind kind, boolean quoted, Origin origin) implements Value {
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        NOTHING
    }

    @Override
    public String describe() {
        if (kind == Kind.NOTHING) return "nothing";
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return kind == Kind.TEXT ? '"' + shown.replace('\n', ' ') + '"' : shown;
    }
}
