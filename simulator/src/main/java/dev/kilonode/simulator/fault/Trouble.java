package dev.kilonode.simulator.fault;

/** One fault at work: begins once, ends once. */
public interface Trouble {
    void begin();

    void end();
}
