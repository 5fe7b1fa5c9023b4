package dev.kilonode.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kilonode.simulator.run.ExitCode;
import dev.kilonode.simulator.run.OlderRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What became of a run's files after it ended: cut, garbled, doubled, lost, exchanged. No command takes such a run for what it was: none
 * passes, none fails for it, none breaks.
 */
@Tag("once")
class RunCorruptionTest {

    private static final int FOLDERS = 220;

    private static final List<String> FILES = List.of(
            "data/windows.csv",
            "data/uploads.csv",
            "data/drops.csv",
            "data/drops-by-node.csv",
            "data/events.jsonl",
            "data/latency.hlog",
            "data/digest.txt",
            "scenario.yaml",
            "scenario.resolved.yaml",
            "summary.json",
            "manifest.json");

    /** A way to damage a file, or what is beside it. */
    private interface Damage {
        void to(Path file, Random random) throws IOException;
    }

    /** Two runs for all tests, each of which has copies of its own. */
    @TempDir
    static Path originals;

    private static Path original = Path.of("unset");
    private static Path other = Path.of("unset");

    @TempDir
    Path out;

    @BeforeAll
    static void twoRuns() throws IOException {
        original = run(originals.resolve("one"), "1");
        other = run(originals.resolve("two"), "2");
    }

    private static Path run(Path results, String seed) throws IOException {
        List<String> values = new ArrayList<>(Commands.SMALL);
        values.addAll(List.of("report.png=false", "metrics.window=60s"));
        assertThat(Commands.onSmoke("run", results, values, "--seed", seed).exit())
                .isEqualTo(ExitCode.PASS);
        return Commands.onlyRun(results);
    }

    @Test
    void anUndamagedFolderPassesEverywhere() throws IOException {
        Path run = copy(original, "as-it-was");
        assertThat(said("check", run).exit()).isEqualTo(ExitCode.PASS);
        assertThat(said("report", run).exit()).isEqualTo(ExitCode.PASS);
        assertThat(said("check", run).exit()).as("after a report").isEqualTo(ExitCode.PASS);
        for (String command : List.of("table", "history")) {
            assertThat(said(command, run).exit()).as(command).isEqualTo(ExitCode.PASS);
        }
        assertThat(said("compare", other, run).exit()).isEqualTo(ExitCode.PASS);
        assertThat(said("baseline", "add", run, "--dir", out.resolve("b")).exit())
                .isEqualTo(ExitCode.PASS);
    }

    @Test
    void aRunOfTheOlderLayoutHasTheSameVerdict() throws IOException {
        Path run = OlderRun.of(copy(original, "older"), "complete");
        change(run, "data/windows.csv", text -> text.replace(",upload.failed,,count,0", ",upload.failed,,count,1"));
        assertThat(said("check", run).exit()).isEqualTo(ExitCode.FAIL);
        assertThat(said("report", run).exit()).isNotEqualTo(ExitCode.INTERNAL);
        assertThat(Files.readString(run.resolve("report.html"))).contains("no checksums");
        assertThat(said("table", run).exit()).isEqualTo(ExitCode.PASS);
    }

    /** Each way to damage each file, met by every command. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cut in the middle",
                "cut after a line",
                "bytes flipped",
                "a digit changed",
                "a line doubled",
                "a block doubled",
                "a line removed",
                "a block removed",
                "lines exchanged",
                "deleted",
                "emptied",
                "a folder instead",
                "exchanged with another file",
                "of another run",
                "first line changed",
                "carriage returns",
                "a byte appended",
                "a block of zeros",
            })
    void noCommandTrustsADamagedRun(String how) throws IOException {
        var random = new Random(how.hashCode());
        String reported = FILES.get(random.nextInt(FILES.size())); // a report takes longer than all else
        for (String file : FILES) {
            Path run = copy(original, "damaged");
            String what = file + ": " + how;
            if (!damage(run, file, how, random)) {
                delete(run);
                continue;
            }
            for (Commands.Said said : List.of(
                    said("check", run),
                    said(file.equals(reported) ? "report" : "check", run),
                    said("table", run),
                    said("history", run),
                    said("compare", other, run),
                    said("compare", run, other, "--gate"),
                    said("baseline", "add", run, "--dir", out.resolve("b")))) {
                doubtful(said, what);
            }
            assertThat(out.resolve("b")).as(what).doesNotExist();
            delete(run);
        }
    }

    @Test
    void amongManyRunsADamagedOneIsNamedAndNothingIsDecided() throws IOException {
        Path many = Files.createDirectory(out.resolve("many"));
        copy(other, "many/good");
        Path bad = copy(original, "many/bad");
        change(bad, "data/uploads.csv", text -> text.replaceFirst("\\d\\n", "\n"));
        for (Commands.Said said : List.of(
                said("table", many),
                said("history", many),
                said("compare", other, many),
                said("compare", many, other, "--gate"))) {
            assertThat(said.exit()).as(said.lastLine()).isEqualTo(ExitCode.INCONCLUSIVE);
            assertThat(said.out() + said.err()).contains(bad + " is damaged: data/uploads.csv: ");
        }
        Commands.Said refused = said("baseline", "add", many, "--dir", out.resolve("b"));
        assertThat(refused.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.lastLine()).contains("1 run is damaged and was left out: " + bad);
    }

    /** Seeds say how to damage; each folder has one to three damages. */
    @Test
    void twoHundredDamagedFoldersNeitherPassNorCrashACommand() throws IOException {
        Path many = Files.createDirectory(out.resolve("many"));
        copy(other, "many/good");
        List<String> ways = ways();
        int made = 0;
        for (int seed = 0; made < FOLDERS; seed++) {
            var random = new Random(seed);
            Path run = copy(original, "many/run");
            List<String> done = new ArrayList<>();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                String file = FILES.get(random.nextInt(FILES.size()));
                String how = ways.get(random.nextInt(ways.size()));
                if (damage(run, file, how, random)) done.add(file + ": " + how);
            }
            if (!done.isEmpty() && changed(run)) {
                made++;
                String what = "seed " + seed + ", " + done;
                doubtful(said("check", run), what);
                doubtful(
                        said(
                                List.of("table", "history", "compare").get(made % 3),
                                made % 3 == 2 ? new Path[] {other, many} : new Path[] {many}),
                        what);
                if (made % 20 == 0) doubtful(said("report", run), what);
            }
            delete(run);
        }
    }

    private static List<String> ways() {
        try {
            return Arrays.asList(RunCorruptionTest.class
                    .getDeclaredMethod("noCommandTrustsADamagedRun", String.class)
                    .getAnnotation(ValueSource.class)
                    .strings());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two or three, in words, whatever the command. */
    private static void doubtful(Commands.Said said, String what) {
        assertThat(said.exit()).as(what + "\n" + said.lastLine()).isIn(ExitCode.INCONCLUSIVE, ExitCode.USAGE);
        assertThat(said.err()).as(what).noneMatch(line -> line.startsWith("\tat "));
        assertThat(said.lastLine()).as(what).startsWith("kilonode: ").hasSizeGreaterThan(40);
    }

    /** Whether it could be done, and changed anything that counts. */
    private static boolean damage(Path run, String file, String how, Random random) throws IOException {
        Path path = run.resolve(file);
        if (!Files.isRegularFile(path)) return false;
        byte[] before = Files.readAllBytes(path);
        of(run, how).to(path, random);
        if (!Files.isRegularFile(path)) return true;
        byte[] after = Files.readAllBytes(path);
        return file.equals("manifest.json") ? !sameManifest(before, after) : !Arrays.equals(before, after);
    }

    private static boolean changed(Path run) throws IOException {
        for (String file : FILES) {
            Path path = run.resolve(file);
            if (!Files.isRegularFile(path)) return true;
            byte[] before = Files.readAllBytes(original.resolve(file));
            byte[] after = Files.readAllBytes(path);
            boolean same = file.equals("manifest.json") ? sameManifest(before, after) : Arrays.equals(before, after);
            if (!same) return true;
        }
        return false;
    }

    /** Blanks in it, and which process wrote it, decide nothing. */
    private static boolean sameManifest(byte[] before, byte[] after) {
        try {
            var mapper = new ObjectMapper();
            return mapper.readTree(before) instanceof ObjectNode one
                    && mapper.readTree(after) instanceof ObjectNode two
                    && one.remove(List.of("pid", "process_started_at"))
                            .equals(two.remove(List.of("pid", "process_started_at")));
        } catch (IOException e) {
            return false;
        }
    }

    private static Damage of(Path run, String how) {
        return switch (how) {
            case "cut in the middle" ->
                bytes((all, random) -> Arrays.copyOf(all, random.nextInt(Math.max(1, all.length))));
            case "cut after a line" ->
                lines((all, random) ->
                        all.subList(random.nextInt(all.size()), all.size()).clear());
            case "bytes flipped" ->
                bytes((all, random) -> {
                    for (int i = 0; i < 1 + random.nextInt(4) && all.length > 0; i++) {
                        all[random.nextInt(all.length)] ^= (byte) (1 << random.nextInt(8));
                    }
                    return all;
                });
            case "a digit changed" ->
                bytes((all, random) -> {
                    for (int tries = 0, at = 0; tries < 1000 && all.length > 0; tries++) {
                        at = random.nextInt(all.length);
                        if (all[at] >= '1' && all[at] <= '8') {
                            all[at] = '9';
                            break;
                        }
                    }
                    return all;
                });
            case "a line doubled" ->
                lines((all, random) -> {
                    int at = random.nextInt(all.size());
                    all.add(at, all.get(at));
                });
            case "a block doubled" ->
                lines((all, random) -> all.addAll(List.copyOf(all.subList(random.nextInt(all.size()), all.size()))));
            case "a line removed" -> lines((all, random) -> all.remove(random.nextInt(all.size())));
            case "a block removed" ->
                lines((all, random) -> {
                    int from = random.nextInt(all.size());
                    all.subList(from, Math.min(all.size(), from + 1 + random.nextInt(20)))
                            .clear();
                });
            case "lines exchanged" -> lines((all, random) -> Collections.swap(all, 0, all.size() - 1));
            case "deleted" -> (file, random) -> Files.delete(file);
            case "emptied" -> bytes((all, random) -> new byte[0]);
            case "a folder instead" ->
                (file, random) -> {
                    Files.delete(file);
                    Files.createDirectory(file);
                };
            case "exchanged with another file" ->
                (file, random) -> {
                    Path second = run.resolve(FILES.get(random.nextInt(FILES.size())));
                    if (second.equals(file) || !Files.isRegularFile(second)) return;
                    byte[] one = Files.readAllBytes(file);
                    Files.write(file, Files.readAllBytes(second));
                    Files.write(second, one);
                };
            case "of another run" ->
                (file, random) -> Files.write(
                        file,
                        Files.readAllBytes(other.resolve(run.relativize(file).toString())));
            case "first line changed" -> lines((all, random) -> all.set(0, "x" + all.get(0)));
            case "carriage returns" -> lines((all, random) -> all.replaceAll(line -> line + "\r"));
            case "a byte appended" ->
                bytes((all, random) -> {
                    byte[] longer = Arrays.copyOf(all, all.length + 1);
                    longer[all.length] = '\n';
                    return longer;
                });
            case "a block of zeros" ->
                bytes((all, random) -> {
                    int from = random.nextInt(Math.max(1, all.length));
                    Arrays.fill(all, from, Math.min(all.length, from + 4096), (byte) 0);
                    return all;
                });
            default -> throw new IllegalArgumentException(how);
        };
    }

    private interface OfBytes {
        byte[] change(byte[] all, Random random);
    }

    private interface OfLines {
        void change(List<String> all, Random random);
    }

    private static Damage bytes(OfBytes change) {
        return (file, random) -> Files.write(file, change.change(Files.readAllBytes(file), random));
    }

    private static Damage lines(OfLines change) {
        return (file, random) -> {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            List<String> all = new ArrayList<>(List.of(text.split("\n")));
            if (text.isEmpty()) return;
            change.change(all, random);
            var changed = new ByteArrayOutputStream();
            for (String line : all) changed.writeBytes((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
            Files.write(file, changed.toByteArray());
        };
    }

    private static void change(Path run, String file, UnaryOperator<String> change) throws IOException {
        Path path = run.resolve(file);
        String before = Files.readString(path);
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(path, after);
    }

    private Path copy(Path run, String to) throws IOException {
        Path copied = Files.createDirectories(out.resolve(to));
        Files.createDirectories(copied.resolve("data"));
        for (String file : FILES) Files.copy(run.resolve(file), copied.resolve(file));
        return copied;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private static Commands.Said said(String command, Object... words) {
        List<String> line = new ArrayList<>(List.of(command));
        for (Object word : words) line.add(word.toString());
        return Commands.kilonode(line);
    }
}
