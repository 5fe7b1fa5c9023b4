package dev.kilonode.node.link.base;

import java.util.ArrayList;
import java.util.List;

/** A frame channel in the hands of the test. */
final class ScriptedFrameChannel implements FrameChannel {

    final List<PendingWrite> sent = new ArrayList<>();
    final List<String> told = new ArrayList<>();

    @Override
    public void send(PendingWrite write) {
        sent.add(write);
    }

    @Override
    public void resumeReading() {
        told.add("resume");
    }

    @Override
    public void confirm(long stamp) {
        told.add("confirm");
    }

    @Override
    public void ping() {
        told.add("ping");
    }

    @Override
    public void close(CloseCode code) {
        told.add(code.name());
    }

    @Override
    public void abandon(long lingerNanos) {
        told.add("abandon");
    }
}
