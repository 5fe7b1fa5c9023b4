package dev.kilonode.reports.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Assigns the runs of two groups to each other. In virtual time, runs of the same seed see the same random numbers, so their difference is
 * due to the change. Without common seeds, and on the wall clock, all runs are compared with all.
 *
 * @param paired whether the i-th run of {@code base} belongs to the i-th of {@code fresh}
 * @param base runs of the base that are compared
 * @param fresh runs of the new group that are compared
 * @param digestsEqual number of pairs with equal digests
 * @param notes runs that are not compared, with the reason
 */
record Pairing(boolean paired, List<Sample> base, List<Sample> fresh, int digestsEqual, List<String> notes) {

    static Pairing of(RunGroup base, RunGroup fresh) {
        SortedSet<Long> common = new TreeSet<>(base.seeds());
        common.retainAll(fresh.seeds());
        int smaller = Math.min(base.seeds().size(), fresh.seeds().size());
        if (!base.virtual() || (common.size() < Comparison.FEWEST && common.size() < smaller)) {
            return new Pairing(false, base.samples(), fresh.samples(), 0, List.of());
        }
        List<Sample> was = with(base, common);
        List<Sample> is = with(fresh, common);
        int equal = 0;
        for (int i = 0; i < was.size(); i++) {
            String digest = was.get(i).digest();
            equal += !digest.isEmpty() && digest.equals(is.get(i).digest()) ? 1 : 0;
        }
        var notes = new ArrayList<String>();
        note("BASE", base, common, notes);
        note("NEW", fresh, common, notes);
        return new Pairing(true, was, is, equal, notes);
    }

    private static List<Sample> with(RunGroup group, SortedSet<Long> seeds) {
        return group.samples().stream().filter(s -> seeds.contains(s.seed())).toList();
    }

    private static void note(String side, RunGroup group, SortedSet<Long> common, List<String> notes) {
        int alone = group.samples().size() - common.size();
        if (alone > 0) {
            notes.add(side + " is without: " + RunSearch.counted(alone, "run")
                    + " whose seed the other side did not run");
        }
    }
}
