package dev.kilonode.simulator.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Distinguishes failures of the environment (disk, memory, limits, a damaged installation) from bugs, and names their remedies. */
public final class EnvironmentFailure {

    public static final String NO_MEMORY =
            "out of memory; write KILONODE_JAVA_OPTS=-Xmx4g ./kilonode ..., or use --scale";

    /** Patterns of system messages with their remedies; the first match counts. */
    private static final List<Map.Entry<Pattern, String>> REMEDIES = List.of(
            remedy("no space left|disk quota", "free some space, or write --out with a folder on another disk"),
            remedy("file too large", "raise the limit on the size of files (ulimit -f), or free some space"),
            remedy("too many open files", "raise the limit on open files: ulimit -n 4096"),
            remedy("name too long", "write a shorter path"),
            remedy("symbolic link", "a link leads back to itself: write another path"),
            remedy("not a directory|not a folder", "a file stands where a folder is needed: write another path"),
            remedy("is a directory", "a folder stands where a file is needed: write another path"),
            remedy("of that name", "write another path"),
            remedy("read-only|denied|not permitted", "write --out, or the file, where there is permission to write"));

    private static final int MOST_CAUSES = 20;

    private EnvironmentFailure() {}

    /** One line with what failed, why and the remedy; null if it is not a failure of the environment. */
    public static @Nullable String words(Throwable failure) {
        return words(failure, null);
    }

    /** @param where what to name if the failure does not contain a file name; null for nothing */
    public static @Nullable String words(Throwable failure, @Nullable Object where) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++, cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError memory) return OutOfMemory.words(memory);
            if (cause instanceof EnvironmentException) return String.valueOf(cause.getMessage());
            if (cause instanceof JsonProcessingException || cause instanceof CharacterCodingException) return null;
            if (cause instanceof IOException e) return words(e, where);
            if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
                if (cause.getCause() == null) return withoutClass(cause);
            }
        }
        return null;
    }

    /** {@code cannot use results/smoke: no space left on device; free some space, ...}. */
    public static String words(IOException failure) {
        return words(failure, null);
    }

    public static String words(IOException failure, @Nullable Object where) {
        Object file = failure instanceof FileSystemException e ? e.getFile() : where;
        String reason = reason(failure);
        return (file == null ? "cannot read or write: " : "cannot use " + file + ": ") + reason + "; " + remedy(reason);
    }

    /** The reason in words; many failures of the file system have an exception type but no message. */
    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) return "it does not exist, or was removed meanwhile";
        if (failure instanceof AccessDeniedException) return "permission denied";
        if (failure instanceof FileAlreadyExistsException) return "a file of that name exists";
        if (failure instanceof NotDirectoryException) return "not a folder";
        if (failure instanceof DirectoryNotEmptyException) return "a folder of that name exists";
        if (failure instanceof FileSystemLoopException) return "a loop of symbolic links";
        String said = failure instanceof FileSystemException e ? e.getReason() : failure.getMessage();
        return said == null || said.isBlank() ? failure.getClass().getSimpleName() : said;
    }

    private static String remedy(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        Predicate<Map.Entry<Pattern, String>> fits =
                entry -> entry.getKey().matcher(lower).find();
        return REMEDIES.stream()
                .filter(fits)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("check the disk, or write another path");
    }

    private static Map.Entry<Pattern, String> remedy(String said, String todo) {
        return Map.entry(Pattern.compile(said), todo);
    }

    private static String withoutClass(Throwable cause) {
        return "cannot load " + cause.getMessage()
                + ": the installation is damaged, or there are too few open files (ulimit -n 4096);"
                + " in a checkout, remove target/launch to have it built again";
    }
}
