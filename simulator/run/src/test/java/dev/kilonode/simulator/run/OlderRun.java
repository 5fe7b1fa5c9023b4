package dev.kilonode.simulator.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Converts a run directory to the older layout, which has no checksums, so that a test may change it. */
public final class OlderRun {

    private OlderRun() {}

    /** @param status the status to write, such as {@code complete} */
    public static Path of(Path directory, String status) throws IOException {
        var mapper = new ObjectMapper();
        var file = directory.resolve("manifest.json").toFile();
        var manifest = (ObjectNode) mapper.readTree(file);
        manifest.remove(List.of("checksum", "seals", "commit", "dirty", "model", "settings_hash"));
        manifest.put("schema", 1).put("status", status);
        mapper.writerWithDefaultPrettyPrinter().writeValue(file, manifest);
        return directory;
    }
}
