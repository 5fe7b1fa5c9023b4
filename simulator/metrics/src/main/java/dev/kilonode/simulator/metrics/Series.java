package dev.kilonode.simulator.metrics;

/** The values of one metric with one set of labels: those of the window that is open, and those of the whole run. */
public abstract sealed class Series permits Counter, Distribution {

    private final Metric metric;
    private final Labels labels;

    Series(Metric metric, Labels labels) {
        this.metric = metric;
        this.labels = labels;
    }

    public Metric metric() {
        return metric;
    }

    public Labels labels() {
        return labels;
    }

    /** Moves the open window's values into those of the whole run and opens the next window. */
    abstract void closeWindow();
}
