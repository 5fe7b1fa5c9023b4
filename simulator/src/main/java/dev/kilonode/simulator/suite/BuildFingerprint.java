package dev.kilonode.simulator.suite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Tells one build of the program from another, so that runs of different code are never taken for one suite. */
public final class BuildFingerprint {

    private BuildFingerprint() {}

    /** Of the project's own jars and class folders on the class path; libraries are pinned by the build. */
    public static String ofThisProgram() throws IOException {
        MessageDigest digest = sha256();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    List<Path> classes = files.filter(file -> file.toString().endsWith(".class"))
                            .sorted()
                            .toList();
                    for (Path file : classes) digest.update(Files.readAllBytes(file));
                }
            } else if (path.getFileName().toString().startsWith("kilonode-") && Files.exists(path)) {
                digest.update(Files.readAllBytes(path));
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
