package dev.kilonode.simulator.run.fault;

/** One fault at work: begins once, ends once. */
public interface ActiveFault {
    void begin();

    void end();
}
