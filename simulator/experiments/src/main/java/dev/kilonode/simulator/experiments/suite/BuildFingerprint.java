package dev.kilonode.simulator.experiments.suite;

import dev.kilonode.reports.run.Fingerprint;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Identifies a build of the program, so that runs of different code are not combined into one suite. */
public final class BuildFingerprint {

    private BuildFingerprint() {}

    /**
     * Fingerprint of the project's own jars and class folders on the class path, and of {@code plugins}; the build pins the versions of
     * libraries.
     *
     * @param plugins jars that belong to the program as well
     */
    public static String ofThisProgramAnd(List<Path> plugins) throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        for (Path jar : plugins) fingerprint.add(Files.readAllBytes(jar));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    List<Path> classes = files.filter(file -> file.toString().endsWith(".class"))
                            .sorted()
                            .toList();
                    for (Path file : classes) fingerprint.add(Files.readAllBytes(file));
                }
            } else if (path.getFileName().toString().startsWith("kilonode-") && Files.exists(path)) {
                fingerprint.add(Files.readAllBytes(path));
            }
        }
        return fingerprint.hex();
    }
}
