package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kilonode.simulator.cli.Commands.Said;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in {@code deploy} and the commands in docs/cluster.md fit each other and the command line. */
class DeploymentTest {

    private static final Path DEPLOY = Path.of("../..", "deploy");
    private static final Path PAGE = Path.of("../..", "docs", "cluster.md");

    @Test
    void theServicesSelectPodsThatHaveTheirPorts() throws IOException {
        Map<String, JsonNode> services = ofKind("Service");
        assertThat(services.keySet()).containsExactlyInAnyOrder("kilonode-coordinator", "kilonode-workers");
        services.forEach((name, service) -> {
            assertThat(service.at("/spec/clusterIP").asText()).as(name).isEqualTo("None");
            List<JsonNode> pods = pods().values().stream()
                    .filter(pod -> has(pod.at("/metadata/labels"), service.at("/spec/selector")))
                    .toList();
            assertThat(pods).as("pods of " + name).hasSize(1);
            JsonNode ports = pods.get(0).at("/spec/containers/0/ports");
            for (JsonNode port : service.at("/spec/ports")) {
                assertThat(ports)
                        .as("ports of the pod of " + name)
                        .anyMatch(one -> one.path("name")
                                        .asText()
                                        .equals(port.path("targetPort").asText())
                                && one.path("containerPort").asInt()
                                        == port.path("port").asInt());
            }
        });
    }

    @Test
    void theWorkersAreOfTheirServiceAndJoinTheCoordinators() throws IOException {
        JsonNode workers = named(ofKind("StatefulSet"), "kilonode-worker");
        assertThat(ofKind("Service"))
                .containsKey(workers.at("/spec/serviceName").asText());
        assertThat(has(workers.at("/spec/template/metadata/labels"), workers.at("/spec/selector/matchLabels")))
                .isTrue();
        List<String> worker = arguments(workers.at("/spec/template/spec/containers/0/args"));
        List<String> run = arguments(named(pods(), "kilonode-run").at("/spec/containers/0/args"));
        JsonNode service = named(ofKind("Service"), "kilonode-coordinator");
        String address =
                "kilonode-coordinator:" + service.at("/spec/ports/0/port").asText();
        assertThat(after(worker, "--join")).isEqualTo(address);
        assertThat(after(run, "--listen")).isEqualTo(address);
        assertThat(after(worker, "--bind"))
                .endsWith("." + workers.at("/spec/serviceName").asText());
        assertThat(after(run, "--workers"))
                .isEqualTo(workers.at("/spec/replicas").asText());
    }

    @Test
    void whatIsMountedIsThereOrMadeByThePage() throws IOException {
        String page = Files.readString(PAGE);
        pods().forEach((name, pod) -> {
            Set<String> volumes = new TreeSet<>();
            for (JsonNode volume : pod.at("/spec/volumes")) {
                volumes.add(volume.path("name").asText());
                String secret = volume.at("/secret/secretName").asText();
                String map = volume.at("/configMap/name").asText();
                String claim = volume.at("/persistentVolumeClaim/claimName").asText();
                if (!secret.isEmpty()) assertThat(page).contains("kubectl create secret generic " + secret + " ");
                if (!map.isEmpty()) assertThat(page).contains("kubectl create configmap " + map + " ");
                if (!claim.isEmpty())
                    assertThat(ofKind("PersistentVolumeClaim")).containsKey(claim);
            }
            Set<String> mounted = new TreeSet<>();
            List<String> places = new ArrayList<>();
            for (JsonNode mount : pod.at("/spec/containers/0/volumeMounts")) {
                mounted.add(mount.path("name").asText());
                places.add(mount.path("mountPath").asText());
            }
            assertThat(mounted).as("volumes of " + name).isEqualTo(volumes).isNotEmpty();
            assertThat(places).contains(after(arguments(pod.at("/spec/containers/0/args")), "--certs"));
        });
    }

    @Test
    void everyCommandLineIsUnderstood() throws IOException {
        List<List<String>> lines = new ArrayList<>();
        pods().values().forEach(pod -> lines.add(arguments(pod.at("/spec/containers/0/args"))));
        Matcher started = Pattern.compile("(?m)^ExecStart=/opt/kilonode/kilonode (.*)$")
                .matcher(Files.readString(DEPLOY.resolve("systemd/kilonode-worker.service")));
        while (started.find()) lines.add(words(started.group(1)));
        Matcher written =
                Pattern.compile("(?m)^ *\\./kilonode (.*?)(?: +#.*)?$").matcher(Files.readString(PAGE));
        while (written.find()) lines.add(words(written.group(1)));
        assertThat(lines).hasSizeGreaterThan(10);
        for (List<String> line : lines) {
            List<String> asked = new ArrayList<>(line);
            asked.add("--help"); // every word is checked, and nothing runs
            Said said = Commands.kilonode(asked);
            assertThat(said.exit()).as(line + ": " + said.lastLine()).isEqualTo(ExitCode.PASS);
        }
    }

    /** Ten shares of ten, and a result is not made again: {@code podFailurePolicy} knows all our exit codes but that of the machine. */
    @Test
    void theIndexedJobMakesAllShares() throws IOException {
        JsonNode job = YAMLMapper.builder()
                .build()
                .readTree(DEPLOY.resolve("kubernetes-shards/job.yaml").toFile());
        String shares = job.at("/spec/completions").asText();
        String command = job.at("/spec/template/spec/containers/0/command/2").asText();
        assertThat(command).startsWith("exec kilonode ").contains("--shard $((JOB_COMPLETION_INDEX + 1))/" + shares);
        for (String index : List.of("0", Integer.toString(Integer.parseInt(shares) - 1))) {
            int number = Integer.parseInt(index) + 1;
            List<String> line = words(command.replace("exec kilonode ", "")
                    .replace("$((JOB_COMPLETION_INDEX + 1))", Integer.toString(number)));
            assertThat(after(line, "--out")).endsWith("/share-" + number);
            line = new ArrayList<>(line);
            line.add("--help");
            assertThat(Commands.kilonode(line).exit()).isEqualTo(ExitCode.PASS);
        }
        List<Integer> given = new ArrayList<>();
        job.at("/spec/podFailurePolicy/rules/1/onExitCodes/values").forEach(code -> given.add(code.asInt()));
        assertThat(given)
                .containsExactlyInAnyOrderElementsOf(Stream.of(ExitCode.values())
                        .filter(code -> code != ExitCode.PASS && code != ExitCode.ENVIRONMENT)
                        .map(ExitCode::number)
                        .filter(number -> number < 128) // a signal is for the pod, whose share is made again
                        .toList());
    }

    @Test
    void theWorkerUsesTheAddressesThatItsMachineOwns() throws IOException {
        String worker = Files.readString(DEPLOY.resolve("systemd/kilonode-worker.service"));
        String addresses = Files.readString(DEPLOY.resolve("systemd/kilonode-addresses.service"));
        Matcher block = Pattern.compile("--addresses (\\S+)").matcher(worker);
        assertThat(block.find()).isTrue();
        assertThat(addresses).contains("ExecStart=/usr/sbin/ip route replace local " + block.group(1) + " dev lo");
        assertThat(worker).contains("After=network-online.target kilonode-addresses.service");
    }

    @Test
    void systemdAcceptsTheUnits(@TempDir Path folder) throws Exception {
        assumeTrue(
                Stream.of("/usr/bin/systemd-analyze", "/bin/systemd-analyze")
                        .anyMatch(file -> Files.isExecutable(Path.of(file))),
                "kernel: this system has no systemd-analyze to check units with");
        List<String> line = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
        try (Stream<Path> units = Files.list(DEPLOY.resolve("systemd"))) {
            for (Path unit : units.sorted().toList()) {
                // The programs are elsewhere on this machine; everything else is looked at as it is.
                String text = Files.readString(unit)
                        .replace("/opt/kilonode/kilonode", "/bin/sh")
                        .replace("/usr/sbin/ip", "/bin/sh");
                line.add(Files.writeString(folder.resolve(unit.getFileName().toString()), text)
                        .toString());
            }
        }
        assertThat(line).hasSize(5);
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines().filter(one -> one.contains("kilonode")).toList())
                .as(said)
                .isEmpty();
        assertThat(process.exitValue()).as(said).isZero();
    }

    @Test
    void theImageHasWhatTheLauncherUses() throws IOException {
        String image = Files.readString(DEPLOY.resolve("container/Containerfile"));
        String launcher = Files.readString(Path.of("../..", "kilonode"));
        assertThat(image)
                .contains("COPY deploy/container/kilonode /usr/local/bin/kilonode", "ENTRYPOINT [\"kilonode\"]");
        assertThat(Files.readString(DEPLOY.resolve("container/kilonode"))).contains(Main.class.getName() + " \"$@\"");
        assertThat(launcher).contains(Main.class.getName());
        for (String variable : List.of("SSL_CERT_FILE=/dev/null", "SSL_CERT_DIR=/nonexistent")) {
            assertThat(launcher).contains(variable);
            assertThat(image).contains(variable);
        }
        Matcher source = Pattern.compile("cp -r (.*) /opt/kilonode/").matcher(image);
        assertThat(source.find()).isTrue();
        for (String file : words(source.group(1)))
            assertThat(Path.of("../..", file)).exists();
    }

    // --- reading --------------------------------------------------------------------------------------------------

    private static List<JsonNode> documents() {
        YAMLMapper yaml = new YAMLMapper(new YAMLFactory());
        List<JsonNode> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(DEPLOY.resolve("kubernetes"))) {
            for (Path file : files.sorted().toList()) {
                try (MappingIterator<JsonNode> one =
                        yaml.readerFor(JsonNode.class).readValues(file.toFile())) {
                    all.addAll(one.readAll());
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(all).as("documents").hasSizeGreaterThanOrEqualTo(5).allMatch(one -> one.has("apiVersion"));
        return all;
    }

    private static Map<String, JsonNode> ofKind(String kind) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        for (JsonNode one : documents()) {
            if (one.path("kind").asText().equals(kind)) {
                assertThat(found.put(one.at("/metadata/name").asText(), one)).isNull();
            }
        }
        return found;
    }

    private static JsonNode named(Map<String, JsonNode> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    private static Map<String, JsonNode> pods() {
        Map<String, JsonNode> pods = new LinkedHashMap<>();
        for (JsonNode one : documents()) {
            if (one.at("/spec/template").isObject()) {
                pods.put(one.at("/metadata/name").asText(), one.at("/spec/template"));
            }
        }
        assertThat(pods).hasSize(2);
        return pods;
    }

    private static boolean has(JsonNode labels, JsonNode wanted) {
        assertThat(wanted.size()).isPositive();
        boolean all = true;
        for (Map.Entry<String, JsonNode> one : wanted.properties()) {
            all &= one.getValue().equals(labels.get(one.getKey()));
        }
        return all;
    }

    private static List<String> arguments(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(one -> words.add(one.asText()));
        assertThat(words).isNotEmpty();
        return words;
    }

    private static String after(List<String> line, String flag) {
        assertThat(line).contains(flag);
        return line.get(line.indexOf(flag) + 1);
    }

    private static List<String> words(String line) {
        return Stream.of(line.strip().split("\\s+"))
                .map(word -> word.replace("'", ""))
                .toList();
    }
}
