package dev.kilonode.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The house rules that need no compiler, over the sources of all modules and the files beside them. */
class TidyTest {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final List<String> MODULES = List.of("node", "reports", "simulator", "junit", "benchmarks");

    private static final int LONGEST_FILE = 500;
    private static final int SHORTEST_ROLE = 20;
    private static final Set<String> MADE = Set.of("target", "results", ".git", ".idea", ".vscode");
    private static final Set<String> TEXT = Set.of(
            "java",
            "xml",
            "md",
            "yaml",
            "yml",
            "json",
            "sh",
            "js",
            "css",
            "html",
            "properties",
            "txt",
            "config",
            "",
            "kilonode",
            "verify",
            "run",
            "NOTICE",
            "LICENSE",
            "gitignore");

    private static final Pattern VAGUE_CLASS = Pattern.compile(".*(Manager|Helper|Helpers|Util|Utils)\\.java");
    private static final Set<String> VAGUE_PACKAGE =
            Set.of("util", "utils", "common", "impl", "helper", "helpers", "misc");
    // Written so that this file does not match itself
    private static final Pattern OWN_MACHINE = Pattern.compile("(?<![\\w.*-])/(work|root|home/\\w+)(?=/\\w)");
    private static final Pattern JDK_FOLDER = Pattern.compile("/usr/lib/[j]vm");
    private static final Pattern REGISTRY =
            Pattern.compile("repo1?[.]maven|repo[.]maven[.]apache|registry[.]npmjs|deb[.]debian|oss[.]sonatype");

    @Test
    void theScanSeesTheWholeTree() {
        assertThat(ROOT.resolve("pom.xml")).exists();
        for (String module : MODULES) {
            assertThat(javaFiles(module, "main")).as("sources of " + module).isNotEmpty();
            assertThat(javaFiles(module, "test")).as("tests of " + module).isNotEmpty();
        }
    }

    @Test
    void everyPackageSaysItsRole() {
        Set<String> breaches = new TreeSet<>();
        for (String module : MODULES) {
            Path sources = ROOT.resolve(Path.of(module, "src", "main", "java"));
            Map<String, String> words = PackageWords.in(sources);
            for (Path file : javaFiles(module, "main")) {
                String name = sources.relativize(file.getParent())
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), ".");
                if (words.getOrDefault(name, "").length() < SHORTEST_ROLE) {
                    breaches.add(name);
                }
            }
        }
        assertThat(breaches)
                .as("packages whose package-info lacks a role: what it is, \"May use: ...\", \"Never: ...\"")
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(offences(
                        file -> file.endsWith("package-info.java"), line -> null, text -> text.contains("@NullMarked")))
                .as("package-info files without @NullMarked")
                .isEmpty();
    }

    @Test
    void noFileIsLongerThanFiveHundredLines() {
        Map<String, Integer> tooLong = new TreeMap<>();
        for (Path file : everyJavaFile()) {
            int lines = PackageWords.lines(file).size();
            if (lines > LONGEST_FILE) {
                tooLong.put(shown(file), lines);
            }
        }
        assertThat(tooLong)
                .as("files over " + LONGEST_FILE + " lines: split them by what they do")
                .isEmpty();
    }

    @Test
    void namesSayWhatThingsDo() {
        Set<String> breaches = new TreeSet<>();
        for (Path file : everyJavaFile()) {
            boolean vague = VAGUE_CLASS.matcher(file.getFileName().toString()).matches()
                    || VAGUE_PACKAGE.contains(packageWord(file));
            if (vague) {
                breaches.add(shown(file));
            }
        }
        assertThat(breaches)
                .as("name the thing a class or package is, not Manager, Helper, util or common")
                .isEmpty();
    }

    @Test
    void noFileNamesAPathOfOneMachine() {
        assertThat(offences(
                        file -> true,
                        line -> OWN_MACHINE.matcher(line).find() ? "a path of one machine" : null,
                        text -> true))
                .as("paths that exist on one machine only; write them relative to the repository")
                .isEmpty();
        assertThat(offences(
                        file -> !file.equals(ROOT.resolve("verify")),
                        line -> JDK_FOLDER.matcher(line).find() ? "a folder of JDKs" : null,
                        text -> true))
                .as("only ./verify looks for JDKs there; use JAVA_HOME")
                .isEmpty();
    }

    @Test
    void noFileNamesAPackageRegistry() {
        assertThat(offences(
                        file -> true, line -> REGISTRY.matcher(line).find() ? "a registry's host" : null, text -> true))
                .as("which registry to ask is the business of the machine's own settings")
                .isEmpty();
    }

    /** Files and lines for which {@code complaint} has a word, and files whose text is not as it should be. */
    private static Set<String> offences(
            Predicate<Path> of, Function<String, @Nullable String> complaint, Predicate<String> asItShouldBe) {
        Set<String> found = new TreeSet<>();
        List<Path> files =
                filesBelow(ROOT).stream().filter(TidyTest::isText).filter(of).toList();
        assertThat(files).as("files looked at").isNotEmpty();
        for (Path file : files) {
            List<String> lines = PackageWords.lines(file);
            if (!asItShouldBe.test(String.join("\n", lines))) {
                found.add(shown(file));
            }
            for (int i = 0; i < lines.size(); i++) {
                String word = complaint.apply(lines.get(i));
                if (word != null) {
                    found.add(shown(file) + ":" + (i + 1) + ": " + word + ": "
                            + lines.get(i).trim());
                }
            }
        }
        return found;
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        return TEXT.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static List<Path> everyJavaFile() {
        return MODULES.stream()
                .flatMap(module -> Stream.of("main", "test").flatMap(kind -> javaFiles(module, kind).stream()))
                .toList();
    }

    private static List<Path> javaFiles(String module, String kind) {
        return filesBelow(ROOT.resolve(Path.of(module, "src", kind, "java"))).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    /** The last word of the package that {@code file} lies in. */
    private static String packageWord(Path file) {
        return file.getName(file.getNameCount() - 2).toString();
    }

    private static String shown(Path file) {
        return ROOT.relativize(file).toString();
    }

    /** Every file below {@code start} that is not made by a build or a run, in order of name. */
    static List<Path> filesBelow(Path start) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    boolean made = MADE.contains(dir.getFileName().toString())
                            && !dir.toString().contains("src");
                    return made ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(null);
        return files;
    }
}
