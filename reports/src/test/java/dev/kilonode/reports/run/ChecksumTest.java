package dev.kilonode.reports.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kilonode.reports.DropList;
import dev.kilonode.reports.Reporter;
import dev.kilonode.reports.WrittenRun;
import dev.kilonode.reports.model.ReportModel;
import dev.kilonode.reports.run.UploadRow.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checksums of a run detect every change of its files, and nothing else. */
class ChecksumTest {
    private static final DropRow DROP = new DropRow(5, "n", 3, "shard-full", "ping", "host-1");

    private static final int WINDOWS = 90;

    @TempDir
    Path root;

    @Test
    void aRunAsItWasWrittenIsIntactAndOneOfTheOlderLayoutHasNoChecksums() throws IOException {
        Path run = written();
        assertThat(integrity(run)).isEqualTo(new DataIntegrity(true, List.of()));
        assertThat(RunHead.read(run).integrity().words()).isEqualTo("intact");
        change(WrittenRun.withoutChecksums(run), "data/windows.csv", text -> text.replace("m,,count,7\n", ""));
        assertThat(integrity(run).checksummed()).isFalse();
        assertThat(integrity(run).intact()).isTrue();
        assertThat(integrity(run).words()).isEqualTo("no checksums");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "data/windows.csv | (?s)30000,31000.* |  | 31 of 91 rows, 729 of 2,169 bytes; the data reach 30 s of 1"
                        + " h 30 min; 60 rows missing",
                "data/windows.csv | 5000,6000,m,,count,5\\n"
                        + " |  | 90 of 91 rows, 2,148 of 2,169 bytes; the data reach 1 min of 1 h 30 min; 1 row missing;"
                        + " first difference in rows 7 to 8",
                "data/windows.csv | (7000,8000,m,,count,7\\n"
                        + ") | %1%1 | 92 of 91 rows, 2,190 of 2,169 bytes; the data reach 1 min of 1 h 30 min; row 10"
                        + " double; first difference in rows 9 to 10",
                "data/windows.csv | count,[14]1\\n | count,x\\n | rows 13, 43 unreadable",
                "data/windows.csv | count,(\\d)\\n | count%1\\n | rows 2, 3, 4, 5, 6 and 5 more unreadable",
                "data/windows.csv | start_ms | begin_ms | row 1 unreadable",
                "data/windows.csv | count,3\\n"
                        + " | count,4\\n"
                        + " | 91 of 91 rows, 2,169 of 2,169 bytes; the data reach 1 min of 1 h 30 min; first difference in"
                        + " rows 5 to 6",
                "data/windows.csv | \\n | \\r\\n | lines end in CR LF, as if git or an editor had converted them",
                "data/windows.csv | \\z | 90000,91000,m,,count,1\\n"
                        + " | 92 of 91 rows, 2,192 of 2,169 bytes; the data reach 1 min of 1 h 30 min; data after the last"
                        + " row are not from this run",
                "data/uploads.csv | succeeded | succeded | row 2 unreadable",
                "data/uploads.csv | ^(.*\\n)(.*\\n) | %2%1 | data/uploads.csv: 2 of 2 rows",
                "data/drops.csv | shard-full | shard-null | data/drops.csv: 3 of 3 rows",
                "data/events.jsonl | \\{ | [ | rows 1, 2 unreadable",
                "data/latency.hlog | (HIST\\w{9}) | %1! | data/latency.hlog: ",
                "data/digest.txt | 5000 aa | aa 5000 | row 1 unreadable",
                "scenario.yaml | name | nome | scenario.yaml: 1 of 1 row",
                "scenario.resolved.yaml | seed: 1 | seed: 2 | scenario.resolved.yaml: 2 of 2 rows",
                "summary.json | \"fail\" | \"pass\" | summary.json: ",
                "manifest.json | complete | aborted | manifest.json: changed after the run wrote it",
                "manifest.json | \"rows\" : 91 | \"rows\" : 90 | manifest.json: changed after the run wrote it",
                "manifest.json | \"checksum\" | \"chequesum\" | manifest.json: changed after the run wrote it",
            })
    void whatWasDoneToAFileIsSaid(String file, String from, String to, String words) throws IOException {
        Path run = written();
        String with =
                to == null ? "" : to.replace("%", "$").replace("\\n", "\n").replace("\\r", "\r");
        change(run, file, text -> {
            String changed = text.replaceAll(from, with);
            assertThat(changed).isNotEqualTo(text);
            return changed;
        });
        assertThat(integrity(run).problems())
                .anyMatch(problem -> problem.startsWith(file + ": ") && problem.contains(words));
        assertThat(RunHead.read(run).integrity()).isEqualTo(integrity(run));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data/windows.csv",
                "data/uploads.csv",
                "data/drops.csv",
                "data/events.jsonl",
                "data/latency.hlog",
                "data/digest.txt",
                "scenario.yaml",
                "scenario.resolved.yaml",
                "summary.json"
            })
    void aFileThatIsMissingEmptyAFolderOrAnotherIsNamed(String file) throws IOException {
        Path run = written();
        byte[] content = Files.readAllBytes(run.resolve(file));
        Path other = run.resolve(file.equals("data/digest.txt") ? "data/drops.csv" : "data/digest.txt");
        Files.delete(run.resolve(file));
        assertThat(integrity(run).problems()).singleElement().asString().startsWith(file + ": missing, it had ");
        Files.createDirectory(run.resolve(file));
        assertThat(ChecksumVerifier.of(run).problems()).containsExactly(file + ": not a file");
        Files.delete(run.resolve(file));
        Files.copy(other, run.resolve(file));
        assertThat(ChecksumVerifier.of(run).problems())
                .singleElement()
                .asString()
                .startsWith(file + ": ");
        Files.write(run.resolve(file), new byte[0]);
        assertThat(ChecksumVerifier.of(run).problems())
                .singleElement()
                .asString()
                .startsWith(file + ": 0 of ");
        Files.write(run.resolve(file), content);
        assertThat(integrity(run).intact()).isTrue();
    }

    @Test
    void whatAKillLeavesIsIntactWhateverWasFlushedAfterTheChecksumAndWhereverItWasCut() throws IOException {
        Path run = killed();
        Path windows = run.resolve("data/windows.csv");
        byte[] all = Files.readAllBytes(windows);
        long sealed = Objects.requireNonNull(ManifestFile.read(run).checksums().get("data/windows.csv"))
                .bytes();
        assertThat(all.length)
                .as("the data are longer than their checksum covers")
                .isGreaterThan((int) sealed);
        for (int length = (int) sealed; length <= all.length; length++) {
            Files.write(windows, java.util.Arrays.copyOf(all, length));
            assertThat(integrity(run).problems()).as("cut at " + length).isEmpty();
        }
        RunData data = RunData.read(run);
        assertThat(data.manifest().status()).isEqualTo(Manifest.CRASHED);
        assertThat(data.lastMs()).as("rows after the last flush are read").isEqualTo(20_000);
        Files.write(windows, java.util.Arrays.copyOf(all, (int) sealed - 1));
        assertThat(integrity(run).problems())
                .singleElement()
                .asString()
                .startsWith("data/windows.csv: 10 of 11 rows, 248 of 249 bytes; the data reach 9 s of 1 h 30 min; 1 row"
                        + " missing");
        Files.writeString(windows, new String(all, StandardCharsets.UTF_8).replace("15000,16000", "15000,1600x"));
        assertThat(integrity(run).problems())
                .containsExactly("data/windows.csv: after the last flush row 17 unreadable");
        Files.writeString(windows, new String(all, StandardCharsets.UTF_8).replace("count,3\n", "count,4\n"));
        assertThat(integrity(run).words()).startsWith("damaged: data/windows.csv: 21 of 11 rows");
    }

    @Test
    void theChecksumCoversTheStatusOfARunButNotItsProcess() throws IOException {
        Path run = written();
        change(run, "manifest.json", text -> text.replaceAll("\"pid\" : \\d+", "\"pid\" : 1"));
        change(run, "manifest.json", text -> text.replace("\n", "\r\n"));
        assertThat(integrity(run).intact()).isTrue();
    }

    @Test
    void aDamagedRunIsReportedAndMarked() throws IOException {
        Path run = written();
        change(run, "data/windows.csv", text -> text.substring(0, text.length() / 2));
        ReportModel model = Reporter.write(run);
        assertThat(model.verdict()).isEqualTo("INCONCLUSIVE");
        assertThat(model.warnings())
                .anyMatch(warning -> warning.startsWith("Damaged: data/windows.csv: 45 of 91 rows"));
        for (String file : List.of("report.html", "summary.md", "junit.xml")) {
            assertThat(Files.readString(run.resolve(file)))
                    .as(file)
                    .contains("the data are damaged: data/windows.csv: ");
        }
    }

    @Test
    void anotherSummaryGetsAChecksumButNotThatOfADamagedRun() throws IOException {
        Path run = written();
        RunWriter.replaceSummary(run, summary(Summary.Verdict.PASS));
        assertThat(integrity(run).intact()).isTrue();
        assertThat(RunHead.read(run).summary()).isEqualTo(summary(Summary.Verdict.PASS));
        change(run, "summary.json", text -> text.replace("\"pass\"", "\"fail\""));
        assertThatThrownBy(() -> RunWriter.replaceSummary(run, summary(Summary.Verdict.PASS)))
                .isInstanceOf(UnreadableRunException.class)
                .hasMessageContaining("damaged: summary.json");
        Path older = WrittenRun.withoutChecksums(written());
        RunWriter.replaceSummary(older, summary(Summary.Verdict.PASS));
        assertThat(integrity(older).words()).isEqualTo("no checksums");
    }

    /** Whatever is written in whatever pieces: rows, bytes and checksum, and at most 64 marks, each where it says. */
    @Test
    void aChecksumDependsOnTheBytesAndNotOnTheWrites() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var content = new byte[random.nextInt(1 << random.nextInt(1, 15))];
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) (random.nextInt(5) == 0 ? '\n' : random.nextInt(256));
            }
            var out = new ChecksumOutputStream(OutputStream.nullOutputStream());
            for (int at = 0; at < content.length; ) {
                int n = Math.min(content.length - at, random.nextInt(1, 300));
                if (n == 1) {
                    out.write(content[at]);
                } else {
                    out.write(content, at, n);
                }
                at += n;
            }
            FileChecksum expected = out.checksum();
            var marks = new ArrayList<String>();
            var crc = new CRC32C();
            long rows = 0;
            for (byte b : content) {
                crc.update(b);
                if (b == '\n' && ++rows % expected.stride() == 0) {
                    marks.add(String.format("%08x", crc.getValue()));
                }
            }
            assertThat(expected)
                    .as("seed " + seed)
                    .isEqualTo(new FileChecksum(
                            rows, content.length, String.format("%08x", crc.getValue()), expected.stride(), marks))
                    .isEqualTo(FileChecksum.of(content));
            assertThat(marks.size()).as("seed " + seed).isLessThanOrEqualTo(64);
            assertThat(marks.size() * 2L + 2).as("seed " + seed).isGreaterThan(Math.min(64, rows));
        }
    }

    private static DataIntegrity integrity(Path run) throws IOException {
        return RunData.read(run).integrity();
    }

    private interface Change {
        String of(String text);
    }

    private static void change(Path run, String file, Change change) throws IOException {
        Path path = run.resolve(file);
        Files.writeString(path, change.of(Files.readString(path)));
    }

    /** Files that are written anew at each flush: a kill leaves the old one or the new one. */
    @Test
    void aKillBeforeOrAfterAFileIsReplacedLeavesItWithItsChecksum() throws IOException {
        var drops = new DropList().add(DROP);
        RunWriter writer = open(new AtomicLong());
        writer.drops(drops);
        writer.flush();
        Path file = writer.directory().resolve("data/drops.csv");
        String before = Files.readString(file);
        drops.add(DROP);
        writer.flush();
        assertThat(ChecksumVerifier.of(writer.directory()).problems()).isEmpty();
        Files.writeString(file, before);
        assertThat(ChecksumVerifier.of(writer.directory()).problems()).isEmpty();
        Files.writeString(file, before.replace("ping", "pong"));
        assertThat(ChecksumVerifier.of(writer.directory()).problems())
                .singleElement()
                .asString()
                .startsWith("data/drops.csv: ");
    }

    /** A complete run of 90 windows of a second, of 90 minutes planned. */
    private Path written() {
        var histogram = new Histogram(3);
        histogram.recordValue(1234);
        try (RunWriter writer = open(new AtomicLong())) {
            writer.event(EventRow.at(EventRow.Type.NOTE, "a note", 5));
            writer.event(EventRow.at(EventRow.Type.NOTE, "a note", 5));
            for (int i = 0; i < WINDOWS; i++) {
                writer.window(i * 1000L, i * 1000L + 1000, "m", "", "count", i);
                writer.latency("upload.latency", i * 1000L, i * 1000L + 1000, histogram);
            }
            writer.upload(new UploadRow(7, "u", 1, 2, 9L, 3, 4, Outcome.SUCCEEDED, 8L, 1, 2, 3, 4, 5, 6, 7));
            writer.drops(new DropList().add(DROP).add(DROP));
            writer.digest(5000, "aa");
            writer.finish(summary(Summary.Verdict.FAIL), Manifest.COMPLETE);
            return writer.directory();
        }
    }

    /** Ten windows with a checksum, ten more that reached the disk, and then the process was gone. */
    private Path killed() throws IOException {
        var clock = new AtomicLong();
        Path directory;
        byte[] manifest;
        try (RunWriter writer = open(clock)) {
            directory = writer.directory();
            for (int i = 0; i < 20; i++) {
                if (i == 9) {
                    clock.addAndGet(TimeUnit.SECONDS.toNanos(10)); // the next row is the last before a flush
                }
                writer.window(i * 1000L, i * 1000L + 1000, "m", "", "count", i);
            }
            manifest = Files.readAllBytes(directory.resolve("manifest.json"));
        }
        String pid = "\"pid\" : " + ProcessHandle.current().pid();
        String running = new String(manifest, StandardCharsets.UTF_8);
        assertThat(running).contains(pid);
        Files.writeString(directory.resolve("manifest.json"), running.replace(pid, "\"pid\" : " + Integer.MAX_VALUE));
        return directory;
    }

    private RunWriter open(AtomicLong clock) {
        Manifest manifest =
                Manifest.starting("0.1", "r", "r.yaml", "h", 1, "virtual", 2, 5_400_000, "./kilonode run r.yaml");
        return RunWriter.create(root, "r", manifest, "name: r\n", "name: r\nseed: 1\n", clock::get);
    }

    private static Summary summary(Summary.Verdict verdict) {
        return new Summary(1, verdict, 1, "r", "h", 1, "virtual", 2, 20, 30, 40, 50, "aa", List.of(), Map.of("a", 2.5));
    }
}
