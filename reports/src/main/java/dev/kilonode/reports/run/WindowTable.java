package dev.kilonode.reports.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The windows of a run, each stored once however many series refer to it. */
final class WindowTable {

    private record Span(long startMs, long endMs) {}

    private final List<Span> spans = new ArrayList<>();
    private final Map<Span, Integer> indexes = new LinkedHashMap<>();
    private long lastMs;

    int index(long startMs, long endMs) {
        int newest = spans.size() - 1;
        if (newest >= 0 && spans.get(newest).startMs == startMs && spans.get(newest).endMs == endMs) {
            return newest; // the file is ordered by window
        }
        var span = new Span(startMs, endMs);
        Integer known = indexes.putIfAbsent(span, spans.size());
        if (known != null) {
            return known;
        }
        spans.add(span);
        lastMs = Math.max(lastMs, endMs);
        return spans.size() - 1;
    }

    long startMs(int index) {
        return spans.get(index).startMs;
    }

    long endMs(int index) {
        return spans.get(index).endMs;
    }

    /** End of the last window; 0 if there is none. */
    long lastMs() {
        return lastMs;
    }
}
