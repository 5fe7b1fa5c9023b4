package dev.kilonode.architecture;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An allow-list: who may use what, as written in a resource of this package. A line is {@code user -> used used ...}; {@code #} begins a comment.
 * What no line allows is forbidden.
 */
final class Allowances {

    private final Map<String, Set<String>> allowed = new LinkedHashMap<>();

    private Allowances() {}

    static Allowances in(String resource) {
        return parse(ProjectFiles.resource(resource), resource);
    }

    static Allowances parse(String text, String name) {
        Allowances all = new Allowances();
        for (String line : text.lines().toList()) {
            String rule = line.replaceFirst("#.*", "").strip();
            if (rule.isEmpty()) continue;
            String[] sides = rule.split("\\s*->\\s*", -1);
            if (sides.length != 2) throw new IllegalArgumentException(name + ": expected user -> used, got " + line);
            Set<String> used = new LinkedHashSet<>(Set.of(sides[1].split("\\s+")));
            used.remove("");
            if (all.allowed.put(sides[0], used) != null) {
                throw new IllegalArgumentException(name + ": " + sides[0] + " stands there twice");
            }
        }
        return all;
    }

    /**
     * What is wrong with {@code actual}: uses that are not allowed, users that no line names, and lines that allow what nobody does, which would let in
     * tomorrow what nobody meant.
     */
    Set<String> breaches(Map<String, Set<String>> actual) {
        Set<String> breaches = new TreeSet<>();
        actual.forEach((user, used) -> {
            Set<String> may = allowed.get(user);
            if (may == null) breaches.add(user + " has no line");
            else
                used.stream()
                        .filter(one -> !may.contains(one))
                        .forEach(one -> breaches.add(user + " uses " + one + ", which no line allows"));
        });
        allowed.forEach((user, may) -> {
            Set<String> used = actual.get(user);
            if (used == null) breaches.add(user + " has a line and is not there");
            else
                may.stream()
                        .filter(one -> !used.contains(one))
                        .forEach(one -> breaches.add(user + " may use " + one + " and does not: remove it"));
        });
        return breaches;
    }
}
