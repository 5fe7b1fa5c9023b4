package dev.kilonode.simulator.scenario;

/** Something wrong with a scenario: where, which key, what it got, what was expected and what to write. */
public record Problem(Origin at, String path, String message) {
    /** {@code file:line:column: path: message}, then the line it is about with a caret. */
    public String render() {
        String head = at.describe() + ": " + (path.isEmpty() ? "" : path + ": ") + message;
        String excerpt = at.excerpt();
        return excerpt.isEmpty() ? head : head + "\n" + excerpt;
    }
}
