package dev.kilonode.junit;

/** Where assertions on runs begin: {@code assertThat(run).uploads().p95().isAtMost(Duration.ofMinutes(3))}. */
public final class TestnetAssertions {

    private TestnetAssertions() {}

    /** Asks what came of a run. Goes well beside AssertJ's method of that name. */
    public static TestnetAssert assertThat(TestnetRun run) {
        return new TestnetAssert(run);
    }
}
