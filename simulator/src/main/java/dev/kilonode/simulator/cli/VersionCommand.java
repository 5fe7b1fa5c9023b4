package dev.kilonode.simulator.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
        console.out()
                .println(
                        flags.json()
                                ? JsonNodeFactory.instance
                                        .objectNode()
                                        .put("version", version())
                                        .put("java", java)
                                        .put("system", system)
                                        .toPrettyString()
                                : "kilonode " + version() + " (Java " + java + ", " + system + ")");
        return null;
    }

    /** The packaged version, or {@code development}. */
    static String version() {
        String packaged = Main.class.getPackage().getImplementationVersion();
        return packaged == null ? "development" : packaged;
    }
}
