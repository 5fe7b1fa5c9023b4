package dev.kilonode.simulator.plugin;

import dev.kilonode.node.registry.RegistryDesign;
import dev.kilonode.node.registry.RegistryProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The registry designs that scenarios may name: the built-in ones, then those of plugins. Never changes. */
public final class Designs {

    private static final Designs BUILT_IN = new Designs(List.of(), "", true);

    private final Map<String, RegistryProvider> byLabel = new LinkedHashMap<>();
    private final String searched;
    private final boolean strict;

    /**
     * @param searched where plugins were looked for, in words; empty: nowhere
     * @param strict whether a name must be known
     * @throws PluginException if two designs have one name
     */
    private Designs(List<PluginDesign> plugins, String searched, boolean strict) {
        for (RegistryDesign design : RegistryDesign.values()) byLabel.put(design.label(), design);
        for (PluginDesign plugin : plugins) {
            RegistryProvider other = byLabel.putIfAbsent(plugin.label(), plugin);
            if (other == null) continue;
            throw new PluginException(plugin.named() + " has the name of "
                    + (other instanceof PluginDesign twin
                            ? "one of " + twin.origin() + "; let label() of one of them give another, or remove a jar"
                            : "a built-in design; let its label() give another"));
        }
        this.searched = searched;
        this.strict = strict;
    }

    /** Those that come with Kilonode, and no others. */
    public static Designs builtIn() {
        return BUILT_IN;
    }

    /** For what is looked at and not run: every name is taken for that of a design. */
    public static Designs anyName() {
        return new Designs(List.of(), "", false);
    }

    static Designs with(List<PluginDesign> plugins, String searched) {
        return new Designs(plugins, searched, true);
    }

    public boolean knows(String label) {
        return !strict || byLabel.containsKey(label);
    }

    /** The known names: built-in ones first. */
    public Set<String> labels() {
        return byLabel.keySet();
    }

    /** Where there are further designs, or could be: {@code ; plugins/ adds register-once}. */
    public String hint() {
        if (searched.isEmpty()) return "; for a design of your own say where its jar is: --plugins DIR";
        List<String> added = new ArrayList<>(byLabel.keySet());
        for (RegistryDesign design : RegistryDesign.values()) added.remove(design.label());
        return "; " + searched + " adds " + (added.isEmpty() ? "none" : String.join(", ", added));
    }

    /** @throws IllegalArgumentException for an unknown name */
    public RegistryProvider named(String label) {
        RegistryProvider design = byLabel.get(label);
        if (design == null) throw new IllegalArgumentException("unknown registry design " + label);
        return design;
    }

    /**
     * What to tell of a run with the design {@code label} that {@code thrown} ended: that the plugin failed, where it was it;
     * otherwise null.
     */
    public @Nullable PluginException blame(String label, Throwable thrown) {
        if (thrown instanceof PluginException known) return known;
        if (!(byLabel.get(label) instanceof PluginDesign plugin)) return null;
        if (thrown instanceof OutOfMemoryError) return null;
        StackTraceElement frame = Blame.frame(thrown, PluginFolder.LOADER).orElse(null);
        if (frame != null) {
            return new PluginException(
                    plugin.named() + " failed: " + Blame.words(thrown) + " at " + frame.getClassName() + "."
                            + frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber()
                            + "); --verbose shows how it came there",
                    thrown);
        }
        // a method that the plugin lacks is missed by whoever calls it
        if (thrown instanceof LinkageError)
            return new PluginException(
                    plugin.named() + " does not fit this version of Kilonode: " + Blame.words(thrown)
                            + "; compile it again",
                    thrown);
        return null;
    }
}
