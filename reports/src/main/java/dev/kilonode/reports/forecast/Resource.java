package dev.kilonode.reports.forecast;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What can run short, in the order in which one holds up the next: of two that run short at once the first is named. */
public enum Resource {
    @JsonProperty("peer-map-lock")
    PEER_MAP_LOCK("peer-map lock", "share of time for which it is write-locked, in the busiest 5 % of nodes"),

    @JsonProperty("endpoint-lock")
    ENDPOINT_LOCK("endpoint lock", "share of the shard consumers' time that goes into registrations, over all nodes"),

    @JsonProperty("shard-consumers")
    SHARD_CONSUMERS("shard consumers", "share of their time in which they have a message in hand, over all nodes"),

    @JsonProperty("processors")
    PROCESSORS("processors", "share of time for which they are busy, in the busiest 5 % of hosts"),

    @JsonProperty("links")
    LINKS("links", "share of their bandwidth that is used, up or down, in the busiest 5 % of hosts");

    private final String words;
    private final String meaning;

    Resource(String words, String meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    /** Its name for a person. */
    public String words() {
        return words;
    }

    /** What its utilisation is. */
    public String meaning() {
        return meaning;
    }
}
