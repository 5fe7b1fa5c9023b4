package dev.kilonode.reports.render.html;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import org.jspecify.annotations.Nullable;

/** Output of a template. The template engine escapes every value; this class also replaces control characters and truncates long values. */
final class PageOutput extends OwaspHtmlTemplateOutput {

    private static final int MOST_CHARS = 2_000;
    private static final int PAGE_CHARS = 1 << 20;

    private final StringOutput page;

    PageOutput() {
        this(new StringOutput(PAGE_CHARS));
    }

    private PageOutput(StringOutput page) {
        super(page);
        this.page = page;
    }

    @Override
    public void writeUserContent(@Nullable String value) {
        super.writeUserContent(value == null ? null : displayable(value));
    }

    @Override
    public String toString() {
        return page.toString();
    }

    /** At most 2,000 characters. Characters that HTML cannot represent become the replacement character. */
    static String displayable(String raw) {
        String cut = raw.length() > MOST_CHARS ? raw.substring(0, MOST_CHARS) + "…" : raw;
        var out = new StringBuilder(cut.length());
        cut.codePoints().forEach(c -> {
            boolean shown = c == '\t'
                    || c == '\n'
                    || c >= 0x20 && (c < 0x7f || c > 0x9f) && (c < 0xd800 || c > 0xdfff) && (c & 0xfffe) != 0xfffe;
            out.appendCodePoint(shown ? c : 0xfffd);
        });
        return out.toString();
    }
}
