package dev.kilonode.simulator.plugins;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The designs of one kind that scenarios may name: the built-in ones, then those of plugins. Immutable.
 *
 * @param <P> interface of the designs
 */
public final class Choice<P> {

    private final DesignKind<P> kind;
    private final Map<String, P> byLabel = new LinkedHashMap<>();
    private final Map<String, PluginDesign<P>> plugins = new LinkedHashMap<>();
    private final String searched;
    private final boolean strict;

    /**
     * @param found designs of plugins
     * @param searched where plugins were searched, in words; empty if nowhere
     * @param strict whether unknown names are refused
     * @throws PluginException if two designs have the same name
     */
    Choice(DesignKind<P> kind, List<PluginDesign<P>> found, String searched, boolean strict) {
        this.kind = kind;
        this.searched = searched;
        this.strict = strict;
        for (P design : kind.builtIn()) byLabel.put(kind.label().apply(design), design);
        found.forEach(this::add);
    }

    private void add(PluginDesign<P> plugin) {
        PluginDesign<P> twin = plugins.putIfAbsent(plugin.label(), plugin);
        if (byLabel.putIfAbsent(plugin.label(), kind.guard().apply(plugin)) == null) return;
        throw new PluginException(plugin.named() + " has the name of "
                + (twin == null
                        ? "a built-in design; let its label() give another"
                        : "one of " + twin.origin() + "; let label() of one of them give another, or remove a jar"));
    }

    public boolean knows(String label) {
        return !strict || byLabel.containsKey(label);
    }

    /** The known names, built-in ones first. */
    public Set<String> labels() {
        return byLabel.keySet();
    }

    /** Hint for an error message where further designs come from: {@code ; plugins/ adds register-once}. */
    public String hint() {
        if (searched.isEmpty()) return "; for a design of your own say where its jar is: --plugins DIR";
        return "; " + searched + " adds " + (plugins.isEmpty() ? "none" : String.join(", ", plugins.keySet()));
    }

    /** @throws IllegalArgumentException if the name is unknown */
    public P named(String label) {
        P design = byLabel.get(label);
        if (design == null) throw new IllegalArgumentException("unknown " + kind.noun() + " " + label);
        return design;
    }

    /** The design of that name if it is a plugin's, otherwise null. */
    @Nullable
    PluginDesign<P> plugin(String label) {
        return plugins.get(label);
    }
}
