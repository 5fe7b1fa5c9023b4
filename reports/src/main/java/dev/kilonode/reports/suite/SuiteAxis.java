package dev.kilonode.reports.suite;

import java.util.List;

/**
 * What a sweep varies. Immutable.
 *
 * @param path the setting, such as {@code nodes.count}
 * @param values in the order in which they were given
 */
public record SuiteAxis(String path, List<String> values) {

    public SuiteAxis {
        values = List.copyOf(values);
    }
}
