package dev.kilonode.simulator.cli;

import com.beust.jcommander.converters.IParameterSplitter;
import java.util.List;

/** Leaves a value whole: {@code --set x=[1,2]} is one value. Public, since JCommander makes it by reflection. */
public final class WholeValue implements IParameterSplitter {
    @Override
    public List<String> split(String value) {
        return List.of(value);
    }
}
