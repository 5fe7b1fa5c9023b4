package dev.kilonode.reports.forecast;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Resources that can be exhausted, in order of dependency: of two that are saturated at the same time, the first is reported. */
public enum Resource {
    @JsonProperty("peer-map-lock")
    PEER_MAP_LOCK("peer-map lock", "share of time for which it is write-locked, in the busiest 5 % of nodes"),

    @JsonProperty("endpoint-lock")
    ENDPOINT_LOCK("endpoint lock", "share of the shard consumers' time that registrations take, over all nodes"),

    @JsonProperty("shard-consumers")
    SHARD_CONSUMERS("shard consumers", "share of their time in which they process a message, over all nodes"),

    @JsonProperty("processors")
    PROCESSORS("processors", "share of time for which they are busy, in the busiest 5 % of hosts"),

    @JsonProperty("links")
    LINKS("links", "used share of their bandwidth, up or down, in the busiest 5 % of hosts");

    private final String words;
    private final String meaning;

    Resource(String words, String meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    /** Name for people. */
    public String words() {
        return words;
    }

    /** Definition of its utilisation. */
    public String meaning() {
        return meaning;
    }
}
