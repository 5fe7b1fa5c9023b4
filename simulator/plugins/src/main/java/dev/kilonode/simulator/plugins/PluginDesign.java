package dev.kilonode.simulator.plugins;

import org.jspecify.annotations.Nullable;

/**
 * A design of a plugin.
 *
 * @param label its name, as its provider returned it
 * @param origin the jar that contains it
 */
record PluginDesign<P>(DesignKind<P> kind, String label, P provider, String origin) {

    /** Names the design in messages: {@code the registry design register-once of register-once.jar}. */
    String named() {
        return "the " + kind.noun() + " " + label + " of " + origin;
    }

    /** The exception to report for {@code thrown}, which ended a run with this design, if the plugin failed; otherwise null. */
    @Nullable
    PluginException failure(Throwable thrown) {
        if (thrown instanceof PluginException known) return known;
        if (thrown instanceof OutOfMemoryError) return null;
        StackTraceElement frame = Blame.frame(thrown, PluginFolder.LOADER).orElse(null);
        if (frame != null) {
            return new PluginException(
                    named() + " failed: " + Blame.words(thrown) + " at " + Blame.place(frame), thrown);
        }
        // the caller of a method that the plugin lacks throws this, not the plugin
        if (thrown instanceof LinkageError)
            return new PluginException(
                    named() + " does not fit this version of Kilonode: " + Blame.words(thrown) + "; compile it again",
                    thrown);
        return null;
    }
}
