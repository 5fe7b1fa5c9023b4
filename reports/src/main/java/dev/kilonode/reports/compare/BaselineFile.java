package dev.kilonode.reports.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kilonode.reports.run.Fingerprint;
import dev.kilonode.reports.run.OutputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file of a baseline: JSON with a fixed key order and one metric per line, so that a diff shows which metric changed. A checksum
 * detects manual edits and merges.
 */
public final class BaselineFile {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final JsonNode root;

    private BaselineFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    /** The content of the whole file. */
    public static String text(Baseline baseline) {
        return "{\n" + lines(baseline, checksum(baseline)) + "\n}\n";
    }

    /** @throws IOException if it cannot be written */
    public static void write(Path file, Baseline baseline) throws IOException {
        OutputFile.write(file, text(baseline));
    }

    /** @throws ComparisonException if it is not a baseline, or was damaged or edited; the message says what is wrong and where */
    public static Baseline read(Path file) {
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new ComparisonException(
                    file + (at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr()) + ": not a baseline: "
                            + e.getOriginalMessage().lines().findFirst().orElse("not JSON"));
        } catch (IOException e) {
            throw new ComparisonException(
                    Files.exists(file)
                            ? file + " cannot be read as text: " + e.getMessage()
                            : "there is no " + file + "; write kilonode baseline add DIR to make one");
        }
        return new BaselineFile(file, root).baseline();
    }

    private Baseline baseline() {
        JsonNode schema = root == null ? null : root.get("kilonode_baseline");
        if (schema == null || !schema.isInt()) {
            throw new ComparisonException(file
                    + " is not a baseline: it has no kilonode_baseline; write kilonode baseline add DIR to make one");
        }
        if (schema.intValue() != Baseline.SCHEMA) {
            throw wrong("kilonode_baseline", schema.asText(), Baseline.SCHEMA + ", the version this Kilonode knows");
        }
        List<Long> seeds = new ArrayList<>();
        for (JsonNode seed : array("seeds")) {
            if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
                throw wrong("seeds", seed.toString(), "whole numbers");
            }
            seeds.add(seed.longValue());
        }
        String clock = string("clock");
        if (!clock.equals("virtual") && !clock.equals("wall")) {
            throw wrong("clock", clock, "virtual or wall");
        }
        if (seeds.isEmpty() || clock.equals("virtual") && new HashSet<>(seeds).size() < seeds.size()) {
            throw wrong("seeds", seeds.toString(), "at least one, each once");
        }
        JsonNode processors = root.path("machine").path("processors");
        var baseline = new Baseline(
                string("name"),
                string("scenario"),
                string("scenario_hash"),
                model(),
                clock,
                jvms(),
                string("tool_version"),
                root.has("build") ? string("build") : "",
                string("recorded"),
                new Platform(
                        string(root.path("machine"), "machine.os", "os"),
                        processors.asInt(),
                        string(root.path("machine"), "machine.jvm", "jvm")),
                seeds,
                digests(seeds.size()),
                metrics(seeds.size()));
        String sum = string("checksum");
        if (!sum.equals(checksum(baseline))) {
            throw new ComparisonException(file + " was changed after it was made (its checksum is " + sum
                    + ", its content has " + checksum(baseline)
                    + "); write kilonode baseline add DIR --replace to make it again from runs");
        }
        return baseline;
    }

    /** 0 in files from before models had versions. */
    private int model() {
        JsonNode model = root.path("model");
        if (!model.isMissingNode() && (!model.isInt() || model.intValue() < 1)) {
            throw wrong("model", model.toString(), "a whole number, at least 1");
        }
        return model.asInt();
    }

    /** 1 in files without it, which are of runs in one process. */
    private int jvms() {
        JsonNode jvms = root.path("jvms");
        if (!jvms.isMissingNode() && (!jvms.isInt() || jvms.intValue() < 2)) {
            throw wrong("jvms", jvms.toString(), "a whole number, at least 2, or nothing for runs in one JVM");
        }
        return jvms.asInt(1);
    }

    private List<String> digests(int runs) {
        var digests = new ArrayList<String>();
        array("digests").forEach(node -> digests.add(node.asText()));
        if (digests.size() != runs) {
            throw wrong("digests", digests.size() + " values", runs + ", as many as seeds");
        }
        return digests;
    }

    private Map<String, List<@Nullable Double>> metrics(int runs) {
        JsonNode node = root.path("metrics");
        if (!node.isObject() || node.isEmpty()) {
            throw wrong("metrics", node.isMissingNode() ? "nothing" : "something else", "metrics, a line each");
        }
        var metrics = new LinkedHashMap<String, List<@Nullable Double>>();
        node.properties().forEach(entry -> {
            String where = "metrics." + entry.getKey();
            if (!entry.getValue().isArray() || entry.getValue().size() != runs) {
                throw wrong(where, entry.getValue().size() + " values", runs + ", as many as seeds");
            }
            List<@Nullable Double> values = new ArrayList<>();
            for (JsonNode value : entry.getValue()) {
                boolean finite = value.isNumber() && Double.isFinite(value.doubleValue());
                if (!finite && !value.isNull()) {
                    throw wrong(where, value.toString(), "a finite number, or null where a run has none");
                }
                values.add(value.isNull() ? null : (Double) value.doubleValue());
            }
            metrics.put(entry.getKey(), values);
        });
        return metrics;
    }

    private JsonNode array(String field) {
        JsonNode node = root.path(field);
        if (!node.isArray()) {
            throw wrong(field, node.isMissingNode() ? "nothing" : node.toString(), "a list");
        }
        return node;
    }

    private String string(String field) {
        return string(root, field, field);
    }

    private String string(JsonNode parent, String where, String field) {
        JsonNode node = parent.path(field);
        if (!node.isTextual()) {
            throw wrong(where, node.isMissingNode() ? "nothing" : node.toString(), "text");
        }
        return node.textValue();
    }

    private ComparisonException wrong(String where, String got, String expected) {
        String shown = got.length() > 80 ? got.substring(0, 80) + "…" : got;
        return new ComparisonException(file + ": " + where + ": got " + shown + ", expected " + expected
                + "; write kilonode baseline add DIR --replace to make it again from runs");
    }

    private static String lines(Baseline b, String checksum) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("kilonode_baseline", Baseline.SCHEMA);
        fields.put("name", b.name());
        fields.put("scenario", b.scenario());
        fields.put("scenario_hash", b.hash());
        if (b.model() > 0) {
            fields.put("model", b.model());
        }
        fields.put("clock", b.clock());
        if (b.jvms() > 1) {
            fields.put("jvms", b.jvms());
        }
        fields.put("tool_version", b.tool());
        if (!b.build().isEmpty()) {
            fields.put("build", b.build());
        }
        fields.put("recorded", b.recorded());
        var machine = new LinkedHashMap<String, Object>();
        machine.put("os", b.platform().os());
        machine.put("processors", b.platform().processors());
        machine.put("jvm", b.platform().jvm());
        fields.put("machine", machine);
        fields.put("checksum", checksum);
        fields.put("seeds", b.seeds());
        fields.put("digests", b.digests());
        String head = fields.entrySet().stream()
                .map(e -> "  " + json(e.getKey()) + ": " + json(e.getValue()))
                .collect(Collectors.joining(",\n"));
        String metrics = new TreeMap<>(b.metrics())
                .entrySet().stream()
                        .map(e -> "    " + json(e.getKey()) + ": " + json(e.getValue()))
                        .collect(Collectors.joining(",\n"));
        return head + ",\n  \"metrics\": {\n" + metrics + "\n  }";
    }

    private static String json(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String checksum(Baseline baseline) {
        return Fingerprint.of(lines(baseline, ""));
    }
}
