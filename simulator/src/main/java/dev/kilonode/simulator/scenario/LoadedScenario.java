package dev.kilonode.simulator.scenario;

/**
 * A scenario ready to run, with what is needed to say where its values come from.
 *
 * @param scenario every value, typed
 * @param sourceText the file as written
 * @param tree the merged values with their origins
 */
public record LoadedScenario(Scenario scenario, String sourceText, MergedValues tree) {}
