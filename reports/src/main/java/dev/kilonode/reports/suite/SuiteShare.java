package dev.kilonode.reports.suite;

/**
 * Which runs of a larger suite a suite makes: the share of that number, of so many that are as equal as they can be. A share is a stretch of
 * the larger suite's runs, so that its scenarios alternate as well.
 *
 * @param number from 1
 * @param of number of shares
 * @param plan {@link Suite#planHash} of the larger suite
 */
public record SuiteShare(int number, int of, String plan) {

    /** The first of the share's runs, among {@code runs}. */
    public static int begin(int number, int of, int runs) {
        return (int) ((long) (number - 1) * runs / of);
    }

    /** {@code share 3 of 10}. */
    @Override
    public String toString() {
        return "share " + number + " of " + of;
    }
}
