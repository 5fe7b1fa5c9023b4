package dev.kilonode.simulator.scenario;

/** A problem in a scenario: where, which key, what was found, what was expected and what to write. */
public record Problem(Origin at, String path, String message) {
    private static final int MOST_PATH = 200;
    private static final int MOST_WORDS = 4000;

    public Problem {
        path = cut(path, MOST_PATH);
        message = cut(message, MOST_WORDS);
    }

    /** Formats it as {@code file:line:column: path: message}, followed by the line of the file and a caret. */
    public String render() {
        String head = at.describe() + ": " + (path.isEmpty() ? "" : path + ": ") + message;
        String excerpt = at.excerpt();
        return excerpt.isEmpty() ? head : head + "\n" + excerpt;
    }

    /** Keys and values are user input of any length. */
    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}
