package dev.kilonode.reports.run;

import java.util.List;

/**
 * Whether the files of a run are unchanged since the run wrote them. For a run that is still going, crashed or was killed, this covers the
 * data up to its last flush.
 *
 * @param checksummed whether the manifest has checksums; runs of older versions of Kilonode have none and cannot be verified
 * @param problems what is wrong, one line per file; empty if nothing is
 */
public record DataIntegrity(boolean checksummed, List<String> problems) {

    static final DataIntegrity NO_CHECKSUMS = new DataIntegrity(false, List.of());

    /** Takes a copy of {@code problems}. */
    public DataIntegrity {
        problems = List.copyOf(problems);
    }

    /** Whether no damage is known. Checks are not evaluated on damaged data. */
    public boolean intact() {
        return problems.isEmpty();
    }

    /** {@code intact}, {@code no checksums}, or {@code damaged: } and the first problem. */
    public String words() {
        if (intact()) {
            return checksummed ? "intact" : "no checksums";
        }
        int more = problems.size() - 1;
        return "damaged: " + problems.get(0)
                + (more == 0 ? "" : ", and " + more + " more " + (more == 1 ? "problem" : "problems"));
    }
}
