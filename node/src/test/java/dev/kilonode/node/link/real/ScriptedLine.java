package dev.kilonode.node.link.real;

import java.util.ArrayList;
import java.util.List;

/** A line that does what the test does. */
final class ScriptedLine implements Line {

    final List<Outgoing> sent = new ArrayList<>();
    final List<String> told = new ArrayList<>();

    @Override
    public void send(Outgoing frame) {
        sent.add(frame);
    }

    @Override
    public void readOn() {
        told.add("read on");
    }

    @Override
    public void welcome(long stamp) {
        told.add("welcome");
    }

    @Override
    public void ping() {
        told.add("ping");
    }

    @Override
    public void close(Farewell farewell) {
        told.add(farewell.name());
    }

    @Override
    public void fallSilent(long lingerNanos) {
        told.add("silent");
    }
}
