package dev.kilonode.cluster.certificates;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes keys, certificates and lists of revoked certificates. A PKCS#12 file needs a password. It is random and lies beside the
 * file, readable by the owner only: it protects no more than the permissions do, and no command line shows it.
 */
final class KeyFiles {

    static final String CA_STORE = "ca.p12";
    static final String CA_KEY = "ca-key.pem";
    static final String CA = "ca.pem";
    static final String CRL = "crl.pem";
    static final String STORE = "certificate.p12";
    static final String KEY = "key.pem";
    static final String CERTIFICATE = "certificate.pem";
    static final String TRUST = "trust.p12";
    static final String PASSWORD = "password";
    static final String ALIAS = "kilonode";

    private static final int PASSWORD_BYTES = 24;

    private KeyFiles() {}

    static String newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    static char[] password(Path folder) throws IOException {
        return Files.readString(folder.resolve(PASSWORD)).strip().toCharArray();
    }

    static void writePem(Path file, Object... objects) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            for (Object one : objects) pem.writeObject(one instanceof PrivateKey key ? pkcs8(key) : one);
        }
        PrivateFiles.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static Object pkcs8(PrivateKey key) throws IOException {
        return new JcaPKCS8Generator(key, null);
    }

    /** @param key null for a store of trusted certificates */
    static void writeStore(Path file, char[] password, @Nullable PrivateKey key, X509Certificate... chain)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        if (key == null) store.setCertificateEntry(ALIAS, chain[0]);
        else store.setKeyEntry(ALIAS, key, password, chain);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password);
        PrivateFiles.write(file, bytes.toByteArray());
    }

    static KeyStore readStore(Path file, char[] password) throws IOException, GeneralSecurityException {
        byte[] content = Files.readAllBytes(file);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(content), password);
        } catch (IOException e) { // of its content: it has been read
            throw new GeneralSecurityException(file.getFileName() + ": " + e.getMessage(), e);
        }
        return store;
    }

    /** The first certificate of a PEM file. */
    static X509Certificate readCertificate(Path file) throws IOException, GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    static X509CRL readList(Path file) throws IOException, GeneralSecurityException {
        return (X509CRL)
                CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(Files.readAllBytes(file)));
    }
}
