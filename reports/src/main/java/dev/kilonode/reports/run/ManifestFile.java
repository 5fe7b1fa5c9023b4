package dev.kilonode.reports.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@code manifest.json} and reads {@code summary.json}. The files may be from another program, truncated, or from a newer
 * Kilonode.
 */
final class ManifestFile {

    static final String CHECKSUM = "checksum";

    /** Keys that the checksum does not cover: the process that writes the run does not affect its results. */
    private static final List<String> NOT_IN_CHECKSUM = List.of(CHECKSUM, "pid", "process_started_at");

    private static final List<String> NEEDED = List.of("schema", "name", "scenario", "status", "started_at");

    private ManifestFile() {}

    static Manifest read(Path directory) throws IOException {
        Path file = directory.resolve("manifest.json");
        if (!Files.isRegularFile(file)) {
            throw new UnreadableRunException(directory + " is not a run directory: it has no manifest.json");
        }
        JsonNode json = tree(directory, file);
        for (String key : NEEDED) {
            if (json.path(key).isMissingNode() || json.path(key).isNull()) {
                throw new UnreadableRunException(
                        directory + " is not a run directory: its manifest.json has no " + key);
            }
        }
        if (json.path("schema").asInt() > Manifest.SCHEMA) {
            throw new UnreadableRunException(
                    directory + " was written by a newer Kilonode: its manifest.json has schema "
                            + json.path("schema").asInt() + ", expected at most " + Manifest.SCHEMA);
        }
        return value(directory, json);
    }

    static Manifest value(Path directory, JsonNode json) throws IOException {
        return value(directory, directory.resolve("manifest.json"), json, Manifest.class);
    }

    /** Writes the manifest with its checksum, atomically: a reader sees the old one or the new one. */
    static void write(Path directory, Manifest manifest) throws IOException {
        ObjectNode json = Json.MAPPER.valueToTree(manifest);
        json.put(CHECKSUM, checksum(json));
        Json.write(directory.resolve("manifest.json"), json);
    }

    /** The checksum of the manifest's content, whatever its formatting. */
    static String checksum(JsonNode manifest) {
        return manifest.isObject()
                ? Fingerprint.of(Json.line(((ObjectNode) manifest.deepCopy()).remove(NOT_IN_CHECKSUM)))
                : "";
    }

    /** The summary; null if the run did not write one. */
    static @Nullable Summary summary(Path directory) throws IOException {
        Path file = RunFile.SUMMARY.in(directory);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        JsonNode json = tree(directory, file);
        if (!json.path("checks").isArray() || !json.path("metrics").isObject() || !json.hasNonNull("verdict")) {
            throw new UnreadableRunException(
                    directory + ": summary.json is not that of a run: it lacks a verdict, checks or metrics");
        }
        return value(directory, file, json, Summary.class);
    }

    static JsonNode tree(Path directory, Path file) throws IOException {
        try {
            // malformed UTF-8 is replaced here and then reported as malformed JSON
            return Json.MAPPER.readTree(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw damaged(directory, file, e);
        }
    }

    private static <T> T value(Path directory, Path file, JsonNode json, Class<T> type) throws IOException {
        try {
            return Json.MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw damaged(directory, file, e);
        }
    }

    private static UnreadableRunException damaged(Path directory, Path file, JsonProcessingException e) {
        String what = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
        return new UnreadableRunException(directory + ": " + file.getFileName() + " is damaged: " + what);
    }
}
