package dev.kilonode.simulator.run.fault;

/** One fault of a run with its targets. It begins once and ends once. */
public interface ActiveFault {
    void begin();

    void end();
}
