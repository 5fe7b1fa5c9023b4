package dev.kilonode.simulator.run.invariants;

import dev.kilonode.simulator.scenario.Invariant;

/**
 * What one look at a node found wrong. It becomes a violation if it stays for its patience.
 *
 * @param subject whom it concerns: a peer, a connection or a text; the same finding of two looks has equal subjects
 * @param words what was found, as a clause without the subject
 * @param patienceNanos how long it may stay because of work under way, in nanoseconds
 */
record Finding(Invariant invariant, Object subject, String words, long patienceNanos) {

    /** Findings are the same if they are of one invariant and subject; the words may contain figures that change. */
    Key key() {
        return new Key(invariant, subject);
    }

    /** Whether it is an event that has happened, which a late tester cannot cause and no later look finds again. */
    boolean isEvent() {
        return invariant == Invariant.PEER_EVENTS_PAIRED && patienceNanos == 0;
    }

    record Key(Invariant invariant, Object subject) {}
}
