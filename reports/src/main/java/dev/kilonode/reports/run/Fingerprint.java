package dev.kilonode.reports.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A 64-bit hash for telling contents apart: the first 16 hex digits of the SHA-256. Not thread-safe. */
public final class Fingerprint {

    private static final int BYTES = 8;

    private final MessageDigest digest;

    public Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The hash of a text. */
    public static String of(String text) {
        var fingerprint = new Fingerprint();
        fingerprint.add(text.getBytes(StandardCharsets.UTF_8));
        return fingerprint.hex();
    }

    /** Adds bytes. The division into parts does not affect the result. */
    public void add(byte[] part) {
        digest.update(part);
    }

    /** The hash of everything added so far, 16 hex digits; resets the digest. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
