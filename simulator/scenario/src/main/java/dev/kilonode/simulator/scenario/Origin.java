package dev.kilonode.simulator.scenario;

/** Where a value comes from: {@code built-in}, a file with line and column (from 1), or a flag or variable with its text. */
public record Origin(String source, int line, int column, String text) {
    /** Source of the defaults that ship with Kilonode. */
    static final String BUILT_IN = "built-in";

    /** The origin of values that no file contains, such as a default that code computed. */
    static final Origin NOWHERE = new Origin(BUILT_IN, 0, 0, "");

    /** Formats it as {@code built-in}, {@code --seed}, or {@code file:line:column}. */
    public String describe() {
        return isFile() ? source + ":" + line + ":" + column : source;
    }

    /** Whether it is a built-in default. */
    boolean isBuiltIn() {
        return source.equals(BUILT_IN);
    }

    private boolean isFile() {
        return line > 0 && !isBuiltIn() && !source.startsWith("--") && !source.startsWith("KILONODE_");
    }

    /** The line of the value, with a caret below the column; empty if it has no line. */
    String excerpt() {
        if (line == 0 || text.isBlank()) return "";
        int from = Math.max(0, Math.min(column - 1, text.length()) - 60);
        String shown = text.substring(from, Math.min(text.length(), from + 100));
        StringBuilder out = new StringBuilder("    ").append(printable(shown)).append("\n    ");
        for (int i = from; i < Math.min(column - 1, text.length()); i++) out.append(' ');
        return out.append('^').toString();
    }

    private static String printable(String line) {
        StringBuilder out = new StringBuilder();
        line.chars().forEach(c -> out.append(Character.isISOControl(c) ? ' ' : (char) c));
        return out.toString();
    }
}
