package dev.kilonode.simulator.plugins;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Finds designs by {@link ServiceLoader}. All jars of a folder share one class loader, so that a plugin may bring its libraries. The
 * class loader stays open as long as the program runs, since designs load classes at any time.
 */
public final class PluginFolder {

    /** Name of the class loader, by which stack traces identify classes of plugins. */
    static final String LOADER = "plugins";

    private static final long LONGEST_SECONDS = 60 / Integer.getInteger("kilonode.watchdog.divisor", 1);

    private static final String LABEL = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private PluginFolder() {}

    /**
     * The jars of {@code folder}, in the order in which they are searched.
     *
     * @throws PluginException if there are none
     */
    public static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PluginException("got " + folder + ", expected a folder with jars of designs");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (jars.isEmpty()) throw new PluginException(folder + " holds no .jar; put your design's there");
            return jars;
        } catch (IOException e) {
            throw new PluginException(folder + " cannot be read: " + Blame.words(e), e);
        }
    }

    /**
     * Reads the built-in designs, and those in the jars of {@code folder}.
     *
     * @throws PluginException if a jar is broken, a design cannot be created, or two have the same name
     */
    public static Designs read(Path folder) {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars(folder)) {
            try {
                new JarFile(jar.toFile()).close(); // a class loader would ignore a broken jar
                urls.add(jar.toUri().toURL());
            } catch (IOException e) {
                throw new PluginException(jar + " is not a readable jar: " + Blame.words(e), e);
            }
        }
        URLClassLoader loader =
                new URLClassLoader(LOADER, urls.toArray(URL[]::new), PluginFolder.class.getClassLoader());
        return inTime(() -> found(loader, folder.toString()), folder);
    }

    /** Creates the designs with a time limit. If a plugin's constructor never returns, its thread is abandoned. */
    private static Designs inTime(Callable<Designs> making, Path folder) {
        FutureTask<Designs> made = new FutureTask<>(making);
        Thread thread = new Thread(made, "kilonode-plugins");
        thread.setDaemon(true);
        thread.start();
        try {
            return made.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            e.setStackTrace(thread.getStackTrace());
            String at = Blame.frame(e, LOADER)
                    .map(frame -> ": it is at " + Blame.place(frame))
                    .orElse("");
            throw new PluginException(
                    folder + " holds a design that is not made within " + LONGEST_SECONDS + " s" + at, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) throw known;
            if (e.getCause() instanceof Error error) throw error;
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginException("interrupted while the designs of " + folder + " were made", e);
        }
    }

    /** The built-in designs, and those that {@code loader} finds on the class path; for tests of designs. */
    public static Designs onClassPath(ClassLoader loader) {
        return found(loader, "the class path");
    }

    private static Designs found(ClassLoader loader, String where) {
        return new Designs(
                new Choice<>(DesignKind.REGISTRY, found(DesignKind.REGISTRY, loader, where), where, true),
                new Choice<>(DesignKind.DISPATCH, found(DesignKind.DISPATCH, loader, where), where, true),
                new Choice<>(DesignKind.LINK, found(DesignKind.LINK, loader, where), where, true));
    }

    private static <P> List<PluginDesign<P>> found(DesignKind<P> kind, ClassLoader loader, String where) {
        List<PluginDesign<P>> designs = new ArrayList<>();
        try {
            Iterator<ServiceLoader.Provider<P>> all =
                    ServiceLoader.load(kind.provider(), loader).stream().iterator();
            while (all.hasNext()) {
                ServiceLoader.Provider<P> provider = all.next();
                if (!isBuiltIn(kind, provider.type())) designs.add(design(kind, provider.get()));
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new PluginException(
                    "a " + kind.noun() + " in " + where + " cannot be made: "
                            + String.valueOf(e.getMessage())
                                    .replace(kind.provider().getName() + ": ", "")
                            + (cause == e ? "" : " (" + Blame.words(cause) + ")"),
                    e);
        }
        return designs;
    }

    /** Built-in links are found by the same service as those of plugins. */
    private static <P> boolean isBuiltIn(DesignKind<P> kind, Class<? extends P> type) {
        return kind.builtIn().stream().anyMatch(builtIn -> builtIn.getClass() == type);
    }

    private static <P> PluginDesign<P> design(DesignKind<P> kind, P provider) {
        String type = provider.getClass().getName();
        String origin = origin(provider);
        String label;
        try {
            label = kind.label().apply(provider);
        } catch (RuntimeException | LinkageError e) {
            throw new PluginException(type + " of " + origin + " has no name: label() threw " + Blame.words(e), e);
        }
        if (!String.valueOf(label).matches(LABEL) || "null".equals(String.valueOf(label))) {
            throw new PluginException(type + " of " + origin + ": label() gave \"" + label
                    + "\", expected letters, digits, dots, dashes and underscores, such as my-design");
        }
        return new PluginDesign<>(kind, label, provider, origin);
    }

    private static String origin(Object provider) {
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) return "the class path";
        String[] steps = source.getLocation().getPath().split("/");
        return steps.length == 0 ? "the class path" : steps[steps.length - 1];
    }
}
