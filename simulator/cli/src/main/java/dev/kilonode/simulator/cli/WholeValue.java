package dev.kilonode.simulator.cli;

import com.beust.jcommander.converters.IParameterSplitter;
import java.util.List;

/** Prevents JCommander from splitting a value: {@code --set x=[1,2]} is one value. Public, because JCommander creates it by reflection. */
public final class WholeValue implements IParameterSplitter {
    @Override
    public List<String> split(String value) {
        return List.of(value);
    }
}
