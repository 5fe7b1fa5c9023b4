package dev.kilonode.simulator.run;

import dev.kilonode.reports.run.Build;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Version and build of this program. */
public final class BuildInfo {

    private BuildInfo() {}

    /** The packaged version, or {@code development}. */
    public static String version() {
        String packaged = BuildInfo.class.getPackage().getImplementationVersion();
        return packaged == null ? "development" : packaged;
    }

    /** Version and commit in one line: processes of one run must have the same. */
    public static String identity() {
        Build build = build();
        return version() + (build == null ? "" : " (" + build.commit() + (build.dirty() ? ", changed" : "") + ")");
    }

    /** The commit that this was built from; null if it was built outside a repository, as from an archive of the sources. */
    public static @Nullable Build build() {
        try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
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
