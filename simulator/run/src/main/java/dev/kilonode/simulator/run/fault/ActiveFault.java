package dev.kilonode.simulator.run.fault;

/** One fault of a run, with what it acts on: begins once, ends once. */
public interface ActiveFault {
    void begin();

    void end();
}
