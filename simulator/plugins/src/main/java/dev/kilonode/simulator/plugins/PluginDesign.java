package dev.kilonode.simulator.plugins;

import dev.kilonode.node.link.base.LinkException;
import java.security.CodeSource;
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

    /** Whether {@code thrown} was thrown in a class of the jar that this design is from. */
    boolean isOrigin(Throwable thrown) {
        return Blame.frame(thrown, PluginFolder.LOADER)
                .filter(frame -> isOwn(frame.getClassName()))
                .isPresent();
    }

    private boolean isOwn(String className) {
        Class<?> own = provider.getClass();
        try {
            CodeSource jar = own.getProtectionDomain().getCodeSource();
            CodeSource other = Class.forName(className, false, own.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            return jar != null && jar.equals(other);
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** The exception to report for {@code thrown}, which ended a run with this design, if the plugin failed; otherwise null. */
    @Nullable
    PluginException failure(Throwable thrown) {
        if (thrown instanceof PluginException known) return known;
        if (thrown instanceof OutOfMemoryError || thrown instanceof LinkException) return null; // this machine's
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
