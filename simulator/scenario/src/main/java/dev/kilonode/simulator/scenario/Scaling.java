package dev.kilonode.simulator.scenario;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Scales a scenario: multiplies nodes, bootstraps, hosts, uploaders and the uploaders of phases by one factor, and keeps at least one of
 * each. Rates are per node and per uploader, so the load of the whole network scales with them.
 */
final class Scaling {
    private final BigDecimal factor;
    private final String source;

    Scaling(double factor, String source) {
        this.factor = BigDecimal.valueOf(factor);
        this.source = source;
    }

    Section apply(Section scenario) {
        Section scaled = at(scenario, "nodes.count", RoundingMode.HALF_UP);
        scaled = at(scaled, "nodes.bootstraps", RoundingMode.UP);
        scaled = at(scaled, "workload.uploaders.count", RoundingMode.HALF_UP);
        // hosts are rounded up, so that the scaled nodes still fit
        scaled = items(scaled, "hosts", "count", RoundingMode.UP);
        return below(
                scaled, "workload", workload -> items((Section) workload, "phases", "uploaders", RoundingMode.HALF_UP));
    }

    private Section at(Section section, String path, RoundingMode rounding) {
        int dot = path.indexOf('.');
        if (dot < 0) return below(section, path, value -> scaled(value, rounding));
        return below(section, path.substring(0, dot), value -> at((Section) value, path.substring(dot + 1), rounding));
    }

    private Section items(Section section, String list, String key, RoundingMode rounding) {
        return below(section, list, value -> {
            List<Value> changed = new ArrayList<>();
            for (Value item : ((Items) value).values()) changed.add(at((Section) item, key, rounding));
            return new Items(List.copyOf(changed), value.origin());
        });
    }

    private static Section below(Section section, String key, UnaryOperator<Value> change) {
        Section.Entry entry = section.entries().get(key);
        if (entry == null) return section;
        return section.with(key, new Section.Entry(entry.key(), change.apply(entry.value())));
    }

    private Value scaled(Value value, RoundingMode rounding) {
        Scalar scalar = (Scalar) value;
        BigDecimal before = new BigDecimal(scalar.text().strip());
        if (before.signum() == 0) return value;
        BigDecimal after = before.multiply(factor)
                .setScale(0, rounding)
                .max(BigDecimal.ONE)
                .min(BigDecimal.valueOf(Integer.MAX_VALUE));
        String text = after.toPlainString();
        String origin =
                source + " of " + scalar.text() + " from " + value.origin().describe();
        return new Scalar(text, Scalar.Kind.NUMBER, false, new Origin(origin, 0, 0, ""));
    }
}
