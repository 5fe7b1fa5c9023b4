package dev.kilonode.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the project, but for those that a build or a run makes. */
final class ProjectFiles {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Set<String> MADE = Set.of("target", "results", ".git", ".idea", ".vscode");

    private ProjectFiles() {}

    /** Folders of all modules, those within modules too, relative to {@link #ROOT}; parents first. */
    static List<String> modules() {
        List<String> found = new ArrayList<>();
        addModules("", found);
        return found;
    }

    private static void addModules(String parent, List<String> found) {
        Matcher modules = MODULE.matcher(read(ROOT.resolve(parent).resolve("pom.xml")));
        while (modules.find()) {
            String module = parent.isEmpty() ? modules.group(1) : parent + "/" + modules.group(1);
            found.add(module);
            addModules(module, found);
        }
    }

    /** Every file below {@code start}, in order of name. */
    static List<Path> below(Path start) {
        List<Path> files = new ArrayList<>();
        if (!java.nio.file.Files.exists(start)) return files;
        try {
            java.nio.file.Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    boolean made = MADE.contains(dir.getFileName().toString())
                            && !dir.toString().contains("src");
                    return made ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(null);
        return files;
    }

    static String read(Path file) {
        try {
            return java.nio.file.Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    /** Of this package. */
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ProjectFiles.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
