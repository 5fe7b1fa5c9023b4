package dev.kilonode.simulator.experiments.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log of the process of a run: its standard error. */
record RunLog(Path file) {

    /** The end of a log, in which its last line of progress is. */
    private static final int TAIL_BYTES = 4_096;

    private static final Pattern PROGRESS = Pattern.compile("(?m)^ *(\\d{1,3})% ");

    /** The share of the run that is done, in [0, 1]; 0 if it does not say yet. */
    double done() {
        double done = 0;
        Matcher line = PROGRESS.matcher(tail());
        while (line.find()) done = Double.parseDouble(line.group(1)) / 100;
        return done;
    }

    /** Empty if there is none. */
    String lastLine() {
        List<String> lines = tail().lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private String tail() {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES);
            while (tail.hasRemaining() && channel.read(tail) >= 0) continue;
            return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // nothing depends on it but words
        }
    }
}
