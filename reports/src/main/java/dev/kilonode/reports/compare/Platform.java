package dev.kilonode.reports.compare;

import dev.kilonode.reports.run.Manifest;

/**
 * What wall-clock results depend on.
 *
 * @param os operating system and version
 * @param processors processors available to the JVM
 * @param jvm name and version of the JVM
 */
public record Platform(String os, int processors, String jvm) {

    static Platform of(Manifest manifest) {
        return new Platform(manifest.os(), manifest.processors(), manifest.jvm());
    }

    /** {@code Linux 6.1 amd64, 2 processors, OpenJDK 17}. */
    public String words() {
        return os + ", " + processors + (processors == 1 ? " processor, " : " processors, ") + jvm;
    }
}
