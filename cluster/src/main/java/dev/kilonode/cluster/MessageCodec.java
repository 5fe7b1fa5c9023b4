package dev.kilonode.cluster;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.Command;
import dev.kilonode.simulator.run.control.Report;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Commands and reports as CBOR, with the name of their kind. Only the kinds that the interfaces permit can be read. Counts the bytes. Any
 * thread.
 */
final class MessageCodec {

    /** Bound of one message, as encoded; the frames of the transport are larger. */
    static final int MOST_BYTES = 3 << 20;

    private static final Set<Class<?>> NEVER_SENT = Set.of(Report.Lost.class, Command.CoordinatorLost.class);

    private final CBORMapper mapper = CBORMapper.builder().build();
    private final Map<String, ObjectReader> commands = readers(Command.class);
    private final Map<String, ObjectReader> reports = readers(Report.class);
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong receivedBytes = new AtomicLong();

    private Map<String, ObjectReader> readers(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .filter(kind -> !NEVER_SENT.contains(kind))
                .collect(Collectors.toMap(Class::getSimpleName, mapper::readerFor));
    }

    /** @throws ClusterException if the message is too large */
    byte[] encode(Object message) {
        try {
            byte[] content = mapper.writeValueAsBytes(message);
            if (content.length > MOST_BYTES) {
                throw new ClusterException("a message (" + kind(message) + ") of " + content.length
                        + " bytes is too large for the control plane, which carries " + MOST_BYTES + "; write a "
                        + (message instanceof Report.Window ? "shorter metrics.window" : "smaller scenario"));
            }
            sentBytes.addAndGet(content.length);
            return content;
        } catch (IOException e) {
            throw new ClusterException("a message (" + kind(message) + ") cannot be encoded: " + e.getMessage(), e);
        }
    }

    static String kind(Object message) {
        return message.getClass().getSimpleName();
    }

    /** @return null if it cannot be read */
    @Nullable
    Command command(String kind, byte[] content) {
        return (Command) decode(commands, kind, content);
    }

    /** @return null if it cannot be read */
    @Nullable
    Report report(String kind, byte[] content) {
        return (Report) decode(reports, kind, content);
    }

    private @Nullable Object decode(Map<String, ObjectReader> readers, String kind, byte[] content) {
        receivedBytes.addAndGet(content.length);
        ObjectReader reader = readers.get(kind);
        if (reader == null) return null;
        try {
            return reader.readValue(content);
        } catch (IOException e) {
            return null;
        }
    }

    long sentBytes() {
        return sentBytes.get();
    }

    long receivedBytes() {
        return receivedBytes.get();
    }
}
