package dev.kilonode.reports.model;

import dev.kilonode.reports.model.ReportModel.Moment;
import dev.kilonode.reports.model.ReportModel.Span;
import dev.kilonode.reports.model.ReportModel.Table;
import dev.kilonode.reports.run.Build;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.Manifest;
import dev.kilonode.reports.run.RunData;
import dev.kilonode.reports.run.RunVerdict;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.reports.run.WorkerRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds the report model from a run's data. */
public final class ReportModelBuilder {

    private static final int MOST_SPANS = 200;

    private ReportModelBuilder() {}

    /** Builds the model. Streams uploads, drops and histograms. */
    public static ReportModel build(RunData data) throws IOException {
        Manifest manifest = data.manifest();
        var facts = new RunFacts(data);
        long durationMs = Math.max(1, data.lastMs());
        RunVerdict verdict = VerdictPolicy.of(data);
        return new ReportModel(
                manifest.name(),
                verdict.result().name(),
                verdict.exitCode(),
                verdict.words(),
                Headline.sentence(data, facts),
                facts(data, durationMs),
                warnings(data, durationMs),
                VerdictPolicy.checks(data),
                KeyFigures.of(facts),
                durationMs,
                spans(data, durationMs),
                moments(data, facts),
                List.copyOf(new ChartCatalog(data).charts()),
                tables(data, facts),
                reproduce(data));
    }

    private static List<Moment> moments(RunData data, RunFacts facts) {
        var moments = new ArrayList<Moment>(facts.moments());
        moments.addAll(WorkerTable.losses(data));
        moments.sort(Comparator.comparingLong(Moment::timeMs));
        return List.copyOf(moments);
    }

    private static List<Table> tables(RunData data, RunFacts facts) {
        var tables = new ArrayList<Table>(
                List.of(facts.dropsByNode().worstNodes(), slowest(facts.uploads()), Violations.table(data)));
        tables.addAll(WorkerTable.of(data));
        return List.copyOf(tables);
    }

    private static String facts(RunData data, long durationMs) {
        Manifest m = data.manifest();
        var parts = new ArrayList<String>();
        parts.add("scenario " + m.scenario());
        parts.add(Format.count(m.nodes()) + (m.nodes() == 1 ? " node" : " nodes"));
        if (m.jvms() > 1) parts.add(m.jvms() + " JVMs");
        parts.add(Format.time(durationMs) + " of " + m.clock() + " time");
        parts.add("seed " + m.seed());
        parts.add("started " + m.startedAt());
        return String.join(" · ", parts);
    }

    private static List<String> warnings(RunData data, long durationMs) {
        var warnings = new ArrayList<String>();
        Manifest m = data.manifest();
        String reached = "The data reach " + Format.time(durationMs)
                + (m.plannedMs() > 0 ? " of " + Format.time(m.plannedMs()) + " planned." : ".");
        switch (m.status()) {
            case Manifest.CRASHED ->
                warnings.add(
                        "This run crashed or was killed" + whyStuck(data) + ": this report is partial. " + reached);
            case Manifest.ABORTED ->
                warnings.add("This run was ended early" + whyEnded(data) + ": this report is partial. " + reached);
            case Manifest.RUNNING -> warnings.add("This run is still going: this report is partial. " + reached);
            default -> {
                if (data.summary() == null) {
                    warnings.add("This run has no summary, so no check was judged.");
                }
            }
        }
        data.integrity().problems().forEach(problem -> warnings.add("Damaged: " + problem + "."));
        if (data.unreadableRows() > 0) {
            warnings.add(Format.count(data.unreadableRows()) + " damaged rows of the data were left out.");
        }
        return warnings;
    }

    /** The reason that a hung run left with the stacks of its threads. */
    private static String whyStuck(RunData data) {
        return data.stuck().isEmpty() ? "" : ", " + data.stuck();
    }

    /** The reason in the last note, which whoever ends a run early writes. */
    private static String whyEnded(RunData data) {
        if (!data.stuck().isEmpty()) return whyStuck(data);
        return data.events().stream()
                .filter(event -> event.type() == EventRow.Type.NOTE)
                .reduce((before, last) -> last)
                .map(note -> ", " + note.name())
                .orElse("");
    }

    private static List<Span> spans(RunData data, long durationMs) {
        var spans = new ArrayList<Span>();
        for (EventRow event : data.events()) {
            boolean fault = event.type() == EventRow.Type.FAULT;
            if ((fault || event.type() == EventRow.Type.PHASE) && spans.size() < MOST_SPANS) {
                Long endMs = event.endMs();
                // without an end it lasts to the end of the data
                spans.add(new Span(fault, event.name(), event.timeMs(), endMs == null ? durationMs : endMs));
            }
        }
        return List.copyOf(spans);
    }

    private static Table slowest(UploadStatistics uploads) {
        var rows = new ArrayList<List<String>>();
        for (UploadRow u : uploads.slowest()) {
            Long latencyMs = u.latencyMs();
            rows.add(List.of(
                    Long.toString(u.upload()),
                    u.uploader(),
                    Format.time(u.startMs()),
                    latencyMs == null ? "running" : Format.latency(latencyMs),
                    u.outcome().word(),
                    Integer.toString(u.identityTimeouts()),
                    Integer.toString(u.retries()),
                    Format.latency(u.dialMs()),
                    Format.latency(u.identityMs()),
                    Format.latency(u.lookupMs()),
                    Format.latency(u.quoteMs()),
                    Format.latency(u.storeMs())));
        }
        return new Table(
                ChartCatalog.UPLOADS,
                "Slowest uploads",
                rows.isEmpty()
                        ? "No upload ended."
                        : "The stages add up work that overlaps, so they may exceed the latency.",
                List.of(
                        "upload",
                        "uploader",
                        "started at",
                        "latency",
                        "outcome",
                        "identity time-outs",
                        "retries",
                        "dial",
                        "identity",
                        "lookup",
                        "quote",
                        "store"),
                rows);
    }

    private static Map<String, String> reproduce(RunData data) {
        Manifest m = data.manifest();
        var facts = new LinkedHashMap<String, String>();
        facts.put("Command", m.command());
        facts.put("Seed", Long.toString(m.seed()));
        facts.put("Digest", data.digest().isEmpty() ? "none (only runs in virtual time have one)" : data.digest());
        facts.put("Scenario", m.scenario());
        facts.put("Scenario hash", m.scenarioHash());
        Build build = m.build();
        facts.put("Kilonode", m.toolVersion() + (build == null ? "" : ", built from " + build.words()));
        facts.put("Data", data.integrity().words());
        if (m.jvms() > 1) {
            facts.put(
                    "Workers",
                    m.jvms() + " JVMs on "
                            + m.workers().stream()
                                    .map(WorkerRow::machine)
                                    .distinct()
                                    .collect(Collectors.joining(", "))
                            + "; JVM and machine below are those of the coordinator");
        }
        facts.put("JVM", m.jvm());
        facts.put(
                "Machine",
                m.os() + ", " + m.processors() + " processors, heap up to " + Format.number(m.maxHeapBytes() / 1e9)
                        + " GB");
        facts.put(
                "Run",
                String.valueOf(data.directory().toAbsolutePath().normalize().getFileName()));
        facts.put("Status", m.status());
        if (data.summary() != null) {
            facts.put("Made in", Format.time(data.summary().wallMs()));
        }
        return facts;
    }
}
