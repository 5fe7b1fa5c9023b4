package dev.kilonode.reports.run;

import java.util.List;

/**
 * Whether the files of a run are as the run left them. Of a run that is still going, crashed or was killed: up to its last flush, since what
 * came after it was not sealed any more.
 *
 * @param sealed   whether the run was sealed at all; those of older versions of Kilonode were not, and nothing can be said of them
 * @param findings what is wrong, a line a file; empty if nothing is
 */
public record DataIntegrity(boolean checksummed, List<String> problems) {

    static final DataIntegrity NO_CHECKSUMS = new DataIntegrity(false, List.of());

    /** Takes a copy of {@code findings}. */
    public DataIntegrity {
        problems = List.copyOf(problems);
    }

    /** Whether nothing is known to be wrong. Damaged data decide nothing. */
    public boolean intact() {
        return problems.isEmpty();
    }

    /** {@code intact}, {@code not sealed}, or {@code damaged: } and the first finding. */
    public String words() {
        if (intact()) {
            return checksummed ? "intact" : "not sealed";
        }
        int more = problems.size() - 1;
        return "damaged: " + problems.get(0)
                + (more == 0 ? "" : ", and " + more + " more " + (more == 1 ? "finding" : "findings"));
    }
}
