package dev.kilonode.reports.model;

import java.util.regex.Pattern;

/**
 * Makes text of users (ids, names, reasons, file names) safe to print: without line breaks, terminal escapes, direction overrides,
 * invisible characters, and characters that cannot be encoded.
 */
public final class PlainText {

    /** Terminal escape sequences: colours, cursor movement, titles. */
    private static final Pattern ESCAPES = Pattern.compile(
            "(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]|\\u001b\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)");

    private PlainText() {}

    /**
     * {@code raw} on one line: line breaks and control characters become spaces.
     *
     * @param most most characters of the result, at least 1; a longer text is truncated and ends in an ellipsis
     */
    public static String line(String raw, int most) {
        String clean = lines(raw).replaceAll("[\\n\\t]", " ");
        if (clean.length() <= most) return clean;
        return clean.substring(0, boundary(clean, most - 1)) + "…";
    }

    /** As {@link #line}, but a long text is truncated in the middle, because the end often says what to do. */
    public static String middle(String raw, int most) {
        String clean = line(raw, Integer.MAX_VALUE);
        if (clean.length() <= most) return clean;
        int tail = (most - 1) / 2;
        int from = clean.length() - tail;
        if (tail > 0 && Character.isLowSurrogate(clean.charAt(from))) from++;
        return clean.substring(0, boundary(clean, most - 1 - tail)) + "…" + clean.substring(from);
    }

    /** {@code raw} with its line feeds and tabs, otherwise cleaned as by {@link #line}. */
    public static String lines(String raw) {
        String text = ESCAPES.matcher(raw).replaceAll("").replace("\r\n", "\n");
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(c, out));
        return out.toString();
    }

    private static void append(int c, StringBuilder to) {
        boolean joiner = c == 0x200c || c == 0x200d; // required by some scripts
        switch (Character.getType(c)) {
            case Character.CONTROL -> to.append(c == '\n' || c == '\t' ? (char) c : ' ');
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> to.append(' ');
            case Character.FORMAT -> to.append(joiner ? Character.toString(c) : "");
            case Character.SURROGATE -> to.append('\ufffd');
            default -> to.appendCodePoint((c & 0xfffe) == 0xfffe ? 0xfffd : c);
        }
    }

    /** {@code at}, or one less where a surrogate pair would be split. */
    private static int boundary(String text, int at) {
        return at > 0 && Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
    }
}
