package dev.kilonode.node.replication;

import dev.kilonode.node.identity.PeerId;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Addresses of chunks known to be paid for. Beyond {@value #REMEMBERED} the oldest are forgotten, and counted. */
final class PaidChunks {

    static final int REMEMBERED = 65_536;

    private final LinkedHashSet<PeerId> paid = new LinkedHashSet<>();
    private long heard;
    private long forgotten;

    void add(PeerId chunk) {
        heard++;
        if (paid.add(chunk) && paid.size() > REMEMBERED) {
            Iterator<PeerId> oldest = paid.iterator();
            oldest.next();
            oldest.remove();
            forgotten++;
        }
    }

    boolean knows(PeerId chunk) {
        return paid.contains(chunk);
    }

    /** The addresses, in the order of their first record; a view. */
    Set<PeerId> chunks() {
        return Collections.unmodifiableSet(paid);
    }

    int size() {
        return paid.size();
    }

    long heard() {
        return heard;
    }

    long forgotten() {
        return forgotten;
    }
}
