package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kilonode.simulator.cli.Commands.Said;
import dev.kilonode.simulator.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertsCommandTest {

    @TempDir
    Path folder;

    @Test
    void anAuthorityAWorkerAndItsRevocation() throws IOException {
        String ca = folder.resolve("ca").toString();
        Said made = certs("init", ca);
        assertThat(made.exit()).isEqualTo(ExitCode.PASS);
        assertThat(made.out().strip()).isEqualTo(ca);
        assertThat(String.join("\n", made.err())).contains("certificate of coordinator for localhost, ");

        String out = folder.resolve("copy").toString();
        Said worker = certs("worker", ca, "--host", "10.0.0.5,w1.example", "--days", "7", "--out", out);
        assertThat(worker.exit()).isEqualTo(ExitCode.PASS);
        assertThat(worker.out().strip()).isEqualTo(out);
        assertThat(Path.of(out, "certificate.p12")).exists();
        assertThat(Path.of(out, "ca-key.pem")).doesNotExist();

        assertThat(certs("revoke", ca, "worker-1").out().strip()).endsWith("crl.pem");
        Said again = certs("revoke", ca, "worker-1");
        assertThat(again.exit()).isEqualTo(ExitCode.PASS);
        assertThat(again.err().get(0)).startsWith("certificate of worker-1 was revoked before, on ");
        assertThat(String.join("\n", again.err()))
                .contains("to the folder of certificates of the coordinator and of each worker, as crl.pem");

        assertThat(certs("list", ca).out().lines().toList())
                .hasSize(3)
                .anyMatch(line -> line.matches("coordinator +valid +\\S+Z +[0-9a-f]+ +localhost,.*"))
                .anyMatch(line -> line.matches("worker-1 +revoked +\\S+Z +[0-9a-f]+ +10\\.0\\.0\\.5,w1\\.example"));
        JsonNode json = new ObjectMapper()
                .readTree(certs("list", ca, "--format", "json").out());
        assertThat(json).hasSize(2);
        assertThat(json.findValuesAsText("state")).containsExactlyInAnyOrder("valid", "revoked");
    }

    @Test
    void wrongUsageSaysWhatToWrite() {
        String ca = folder.resolve("ca").toString();
        certs("init", ca);
        wrong("certs needs init, worker, list or revoke; write kilonode certs init certs");
        wrong("got lst; did you mean list?", "lst", ca);
        wrong("certs init takes DIR, got nothing; write kilonode certs init certs", "init");
        wrong("certs revoke takes DIR NAME, got " + ca + "; write kilonode certs revoke certs worker-1", "revoke", ca);
        wrong("has an authority already, which is not overwritten", "init", ca);
        wrong("write --host 10.0.0.5", "worker", ca);
        wrong("expected addresses with commas between them", "worker", ca, "--host", "a,,b");
        wrong("expected an IP address or a DNS name", "worker", ca, "--host", "10.0.0.5:25520");
        wrong("expected a whole number of days", "worker", ca, "--host", "a", "--days", "x");
        wrong("expected 1 to 825; write --days 30", "worker", ca, "--host", "a", "--days", "0");
        wrong(
                "certs list takes no --host, which is for certs init and worker; leave it out",
                "list",
                ca,
                "--host",
                "a");
        wrong("has issued no certificate worker-9; write kilonode certs list", "revoke", ca, "worker-9");
        wrong("write kilonode certs init", "list", folder.resolve("none").toString());
        wrong("unknown flag --hots; did you mean --host?", "worker", ca, "--hots", "a");
    }

    @Test
    void aFolderThatCannotBeWrittenIsTheEnvironmentsFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Said said = certs("init", file.resolve("ca").toString());
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(said.lastLine()).contains("cannot use " + file).contains("write another path");
        Said device = certs("init", "/proc/kilonode/ca");
        assertThat(device.exit()).as(device.lastLine()).isEqualTo(ExitCode.ENVIRONMENT);
    }

    private static void wrong(String words, String... arguments) {
        Said said = certs(arguments);
        assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.USAGE);
        assertThat(said.lastLine()).contains(words);
    }

    private static Said certs(String... arguments) {
        List<String> line = new ArrayList<>(List.of("certs"));
        line.addAll(List.of(arguments));
        return Commands.kilonode(line);
    }
}
