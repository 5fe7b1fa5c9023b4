package dev.kilonode.simulator.cli;

import dev.kilonode.reports.model.PlainText;
import java.io.PrintStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stream for text that may contain user input, see {@link PlainText}. It also escapes commands to GitHub, which interprets lines that
 * begin with {@code ::} and text after {@code ##[}.
 */
final class PrintableStream extends PrintStream {

    private static final Pattern COMMAND = Pattern.compile("(?m)^(\\s*)::|##\\[");

    private final PrintStream raw;

    PrintableStream(PrintStream raw) {
        super(raw, true);
        this.raw = raw;
    }

    /** The unfiltered stream below {@code stream}, for our own control sequences to terminals and commands to GitHub. */
    static PrintStream raw(PrintStream stream) {
        return stream instanceof PrintableStream plain ? plain.raw : stream;
    }

    @Override
    public void print(@Nullable String text) {
        String plain = PlainText.lines(String.valueOf(text));
        raw.print(COMMAND.matcher(plain)
                .replaceAll(found -> found.group(1) == null
                        ? "## ["
                        : java.util.regex.Matcher.quoteReplacement(found.group(1)) + ": :"));
    }

    @Override
    public void print(@Nullable Object object) {
        print(String.valueOf(object));
    }

    @Override
    public void println() {
        raw.println();
    }

    @Override
    public void println(@Nullable String text) {
        print(text + "\n");
    }

    @Override
    public void println(@Nullable Object object) {
        println(String.valueOf(object));
    }

    @Override
    public void flush() {
        raw.flush();
    }

    @Override
    public boolean checkError() {
        return raw.checkError();
    }
}
