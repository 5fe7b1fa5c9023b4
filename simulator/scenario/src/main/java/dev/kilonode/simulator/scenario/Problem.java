package dev.kilonode.simulator.scenario;

/** Something wrong with a scenario: where, which key, what it got, what was expected and what to write. */
public record Problem(Origin at, String path, String message) {
    private static final int MOST_PATH = 200;
    private static final int MOST_WORDS = 4000;

    public Problem {
        path = cut(path, MOST_PATH);
        message = cut(message, MOST_WORDS);
    }

    /** {@code file:line:column: path: message}, then the line it is about with a caret. */
    public String render() {
        String head = at.describe() + ": " + (path.isEmpty() ? "" : path + ": ") + message;
        String excerpt = at.excerpt();
        return excerpt.isEmpty() ? head : head + "\n" + excerpt;
    }

    /** Keys and values are an author's text, of any length. */
    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}
