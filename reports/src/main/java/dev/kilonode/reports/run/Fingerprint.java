package dev.kilonode.reports.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells one content from another in 16 hex digits: the first of its SHA-256. One thread. */
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

    /** Of a text. */
    public static String of(String text) {
        var fingerprint = new Fingerprint();
        fingerprint.add(text.getBytes(StandardCharsets.UTF_8));
        return fingerprint.hex();
    }

    /** Takes in more; where one part ends and the next begins makes no difference. */
    public void add(byte[] part) {
        digest.update(part);
    }

    /** 16 hex digits of all that was taken in, which begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
