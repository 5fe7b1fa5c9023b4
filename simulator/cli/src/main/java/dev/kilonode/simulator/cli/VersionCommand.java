package dev.kilonode.simulator.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kilonode.reports.run.Build;
import dev.kilonode.simulator.run.BuildInfo;
import dev.kilonode.simulator.scenario.ModelVersion;
import org.jspecify.annotations.Nullable;

/** {@code version}: prints the version. */
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
        return "prints the versions of Kilonode, Java and the system";
    }

    @Override
    public CommonFlags newFlags() {
        return new CommonFlags();
    }

    @Override
    public @Nullable CommandResult run(CommonFlags flags, Console console) {
        String java = Runtime.version().toString();
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        Build build = BuildInfo.build();
        if (flags.json()) {
            console.out()
                    .println(JsonNodeFactory.instance
                            .objectNode()
                            .put("version", BuildInfo.version())
                            .put("commit", build == null ? null : build.commit())
                            .put("dirty", build == null ? null : (Boolean) build.dirty())
                            .put("model", ModelVersion.VERSION)
                            .put("java", java)
                            .put("system", system)
                            .toPrettyString());
        } else {
            String from = build == null ? "of an unknown commit" : "built from " + build.words();
            console.out()
                    .println("kilonode " + BuildInfo.version() + ", " + from + " (Java " + java + ", " + system + ")");
        }
        return null;
    }
}
