package dev.kilonode.reports.render.html;

/** Makes strings safe to stand in a page. */
final class Html {

    private static final int MOST_CHARS = 2_000;

    private Html() {}

    /** Text between tags or in a quoted attribute: escaped, without control characters, cut at 2,000 characters. */
    static String text(String raw) {
        String cut = raw.length() > MOST_CHARS ? raw.substring(0, MOST_CHARS) + "…" : raw;
        var out = new StringBuilder(cut.length() + 16);
        cut.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\t', '\n' -> out.append((char) c);
                default -> {
                    boolean shown =
                            c >= 0x20 && (c < 0x7f || c > 0x9f) && (c < 0xd800 || c > 0xdfff) && (c & 0xfffe) != 0xfffe;
                    out.appendCodePoint(shown ? c : 0xfffd);
                }
            }
        });
        return out.toString();
    }

    /** As {@link #text}, isolated, so that a right-to-left name does not turn its surroundings. */
    static String name(String raw) {
        return "<bdi>" + text(raw) + "</bdi>";
    }

    /** JSON as it may stand inside a script element. */
    static String json(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
