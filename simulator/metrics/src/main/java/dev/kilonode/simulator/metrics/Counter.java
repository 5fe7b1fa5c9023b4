package dev.kilonode.simulator.metrics;

/** Counts events. */
public final class Counter extends Series {

    private long inWindow;
    private long closed;

    Counter(Metric metric, Labels labels) {
        super(metric, labels);
    }

    public void increment() {
        inWindow++;
    }

    public void add(long events) {
        inWindow += events;
    }

    /** Events in the window that is open. */
    public long inWindow() {
        return inWindow;
    }

    /** Events since the run began. */
    public long total() {
        return closed + inWindow;
    }

    /** Another series of the same counts what this one has in its window, which is then empty. */
    void moveTo(Counter other) {
        other.inWindow += inWindow;
        inWindow = 0;
    }

    @Override
    void closeWindow() {
        closed += inWindow;
        inWindow = 0;
    }
}
