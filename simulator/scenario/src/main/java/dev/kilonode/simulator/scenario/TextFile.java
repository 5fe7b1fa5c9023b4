package dev.kilonode.simulator.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the text of a scenario or a costs file. Only a file named on the command line may be a pipe. */
final class TextFile {
    private static final int MAX_BYTES = 16 << 20;

    private TextFile() {}

    /** Reads what the command line names: a file or a pipe. */
    static String named(Path file) {
        return read(file, new Origin(file.toString(), 0, 0, ""), "", "scenario", true);
    }

    /**
     * Reads what another file names: a regular file only, since reading a pipe may block for ever.
     *
     * @param asked where it is named
     * @param path the key that names it
     * @param kind what it should contain: scenario or costs
     * @throws ScenarioException at {@code asked} if it cannot be read
     */
    static String asked(Path file, Origin asked, String path, String kind) {
        return read(file, asked, path, kind, false);
    }

    private static String read(Path file, Origin asked, String path, String kind, boolean pipes) {
        String wanted = ", expected a " + kind + " file; ";
        String problem;
        try {
            if (!Files.exists(file)) {
                problem = "got " + file + wanted + "there is no such file" + neighbour(file);
            } else if (Files.isDirectory(file)) {
                problem = "got the folder " + file + wanted + "write the path of a .yaml file";
            } else if (!pipes && !Files.isRegularFile(file)) {
                problem = "got " + file + ", a pipe or a device" + wanted + "write the path of a .yaml file";
            } else {
                byte[] bytes;
                try (InputStream in = Files.newInputStream(file)) {
                    bytes = in.readNBytes(MAX_BYTES + 1);
                }
                if (bytes.length <= MAX_BYTES) return text(bytes, file, asked, path);
                problem = "got a file of more than 16 MiB, expected less; write what differs from the defaults only";
            }
        } catch (AccessDeniedException e) {
            problem = "got " + file + wanted + "it may not be read; write chmod +r " + file;
        } catch (IOException e) {
            problem = "got " + file + wanted + "it cannot be read: " + e.getMessage();
        }
        throw ScenarioException.at(asked, path, problem);
    }

    private static String text(byte[] bytes, Path file, Origin asked, String path) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            long line = 1 + out.chars().filter(c -> c == '\n').count();
            throw ScenarioException.at(
                    asked,
                    path,
                    "got bytes that are not UTF-8 in line " + line + ", expected a text file; save it as UTF-8");
        }
        if (out.length() == 0 && !Files.isRegularFile(file)) {
            throw ScenarioException.at(
                    asked, path, "got nothing, expected a scenario from the process that writes to this pipe");
        }
        String text = out.toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String neighbour(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path name = file.getFileName();
        if (folder == null || name == null || !Files.isDirectory(folder)) return "";
        try (var files = Files.list(folder)) {
            List<String> names = files.map(path -> String.valueOf(path.getFileName()))
                    .filter(other -> other.endsWith(".yaml") || other.endsWith(".json"))
                    .sorted()
                    .toList();
            return Suggestions.hint(name.toString(), names);
        }
    }
}
