package dev.kilonode.simulator.scenario;

import java.util.List;

/** A list as written. */
record Items(List<Value> values, Origin origin) implements Value {
    @Override
    public String describe() {
        return "a list";
    }
}
