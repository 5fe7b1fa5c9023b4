package dev.kilonode.simulator.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kilonode.reports.run.Build;
import dev.kilonode.simulator.scenario.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** {@code version}. */
final class VersionCommand implements Command<CommonFlags> {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public String summary() {
        return "version of Kilonode and of what it runs on";
    }

    @Override
    public CommonFlags newFlags() {
        return new CommonFlags();
    }

    @Override
    public @Nullable Verdict run(CommonFlags flags, Console console) {
        String java = Runtime.version().toString();
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        Build build = build();
        if (flags.json()) {
            console.out()
                    .println(JsonNodeFactory.instance
                            .objectNode()
                            .put("version", version())
                            .put("commit", build == null ? null : build.commit())
                            .put("dirty", build == null ? null : (Boolean) build.dirty())
                            .put("model", Model.VERSION)
                            .put("java", java)
                            .put("system", system)
                            .toPrettyString());
        } else {
            String from = build == null ? "of an unknown commit" : "built from " + build.words();
            console.out().println("kilonode " + version() + ", " + from + " (Java " + java + ", " + system + ")");
        }
        return null;
    }

    /** The packaged version, or {@code development}. */
    static String version() {
        String packaged = Main.class.getPackage().getImplementationVersion();
        return packaged == null ? "development" : packaged;
    }

    /** What this was built from, as the build wrote it down; null where that had no repository, as from an archive of the sources. */
    static @Nullable Build build() {
        try (InputStream in = VersionCommand.class.getResourceAsStream("build.properties")) {
            if (in == null) return null;
            Properties written = new Properties();
            written.load(in);
            String commit = written.getProperty("git.commit.id.full", "");
            boolean dirty = !written.getProperty("git.dirty", "").equals("false");
            return commit.matches("[0-9a-f]{40,64}") ? new Build(commit, dirty) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
