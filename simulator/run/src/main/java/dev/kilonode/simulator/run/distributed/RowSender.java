package dev.kilonode.simulator.run.distributed;

import dev.kilonode.reports.run.DropRow;
import dev.kilonode.reports.run.DropSource;
import dev.kilonode.reports.run.EventRow;
import dev.kilonode.reports.run.NodeDropsRow;
import dev.kilonode.reports.run.UploadRow;
import dev.kilonode.simulator.run.control.CoordinatorLink;
import dev.kilonode.simulator.run.control.Report;
import dev.kilonode.simulator.run.harness.ChunkFolder;
import dev.kilonode.simulator.run.harness.PartOutput;
import dev.kilonode.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends the rows that a part writes to the coordinator, with each window and as soon as there are many. One thread. */
final class RowSender implements PartOutput {

    private final CoordinatorLink link;
    private final Path work;
    private List<EventRow> events = new ArrayList<>();
    private List<UploadRow> uploads = new ArrayList<>();
    private @Nullable DropSource source;

    RowSender(CoordinatorLink link, Path work) {
        this.link = link;
        this.work = work;
    }

    @Override
    public void event(EventRow event) {
        events.add(event);
        sendIfMany();
    }

    @Override
    public void upload(UploadRow upload) {
        uploads.add(upload);
        sendIfMany();
    }

    @Override
    public void drops(DropSource drops) {
        source = drops;
    }

    @Override
    public @Nullable ChunkFolder openChunks(Scenario scenario) {
        return ChunkFolder.open(scenario, work);
    }

    private void sendIfMany() {
        if (events.size() + uploads.size() >= Report.MOST_ROWS) sendRows();
    }

    /** Sends the rows of the open window. */
    void sendRows() {
        if (events.isEmpty() && uploads.isEmpty()) return;
        link.send(new Report.Rows(events, uploads, List.of(), List.of(), List.of()));
        events = new ArrayList<>();
        uploads = new ArrayList<>();
    }

    long drops() {
        return source == null ? 0 : source.total();
    }

    /** Sends all rows of the run that have not been sent. Called once, at its end. */
    void sendDrops() {
        sendRows();
        if (source == null) return;
        for (List<DropRow> some : split(source.sample())) {
            link.send(new Report.Rows(List.of(), List.of(), some, List.of(), List.of()));
        }
        for (List<String> some : split(source.warnings())) {
            link.send(new Report.Rows(List.of(), List.of(), List.of(), some, List.of()));
        }
        for (List<NodeDropsRow> some : split(source.byNode())) {
            link.send(new Report.Rows(List.of(), List.of(), List.of(), List.of(), some));
        }
    }

    private static <T> List<List<T>> split(List<T> rows) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += Report.MOST_ROWS) {
            parts.add(rows.subList(from, Math.min(rows.size(), from + Report.MOST_ROWS)));
        }
        return parts;
    }
}
