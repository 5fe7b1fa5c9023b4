package dev.kilonode.cluster.certificates;

import dev.kilonode.simulator.run.control.CertificateAuthorityProvider;
import dev.kilonode.simulator.run.control.CertificateRequestException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/**
 * An authority in a folder: its key and certificate, the certificates that it has issued, and the list of revoked ones. The folder also has
 * the certificate of a coordinator, so that it serves as one's {@link CertificateFolder}.
 */
public final class CertificateAuthority implements CertificateAuthorityProvider {

    /** Certificates issued, without their keys. */
    private static final String ISSUED = "issued";
    /** Folders to copy to workers. */
    private static final String WORKERS = "workers";

    private static final String LOCK = ".lock";
    private static final String COORDINATOR = "coordinator";
    private static final String PEM = ".pem";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final int MOST_DAYS = 825;
    private static final Duration LIFE = Duration.ofDays(3650);
    /** Clocks of other machines may be behind this one's. */
    private static final Duration EARLIER = Duration.ofHours(1);

    private final Clock clock;

    /** For {@link java.util.ServiceLoader}. */
    public CertificateAuthority() {
        this(Clock.systemUTC());
    }

    CertificateAuthority(Clock clock) {
        this.clock = clock;
    }

    @Override
    public MadeCertificate init(Path folder, List<String> hosts, int days) throws IOException {
        if (!PrivateFiles.isFree(folder)) {
            throw new CertificateRequestException(
                    Files.exists(folder.resolve(KeyFiles.CA_STORE))
                            ? folder
                                    + " has an authority already, which is not overwritten; write kilonode certs worker "
                                    + folder + " --host ADDRESS for a certificate, or another folder"
                            : folder + " is not empty; write a folder that does not exist");
        }
        GeneralName[] names = names(hosts.isEmpty() ? ownHosts() : hosts);
        checkDays(days);
        Path draft = PrivateFiles.draft(folder);
        try {
            Instant now = now();
            KeyPair keys = CertificateMaker.newKeys();
            X509Certificate certificate = CertificateMaker.authority(keys, now.minus(EARLIER), now.plus(LIFE));
            var authority = new CertificateMaker.Authority(certificate, keys.getPrivate());
            String password = KeyFiles.newPassword();
            writePassword(draft, password);
            KeyFiles.writeStore(
                    draft.resolve(KeyFiles.CA_STORE), password.toCharArray(), keys.getPrivate(), certificate);
            KeyFiles.writePem(draft.resolve(KeyFiles.CA_KEY), keys.getPrivate());
            PrivateFiles.makeFolder(draft.resolve(ISSUED));
            X509CRL list = CertificateMaker.list(authority, null, null, now);
            KeyPair own = CertificateMaker.newKeys();
            X509Certificate coordinator = certify(authority, own, COORDINATOR, names, days);
            KeyFiles.writePem(draft.resolve(ISSUED).resolve(COORDINATOR + PEM), coordinator);
            writeProcess(draft, password.toCharArray(), certificate, list, own, coordinator);
            put(draft, folder);
            return new MadeCertificate(issued(coordinator, list), folder);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make an authority", e);
        } finally {
            PrivateFiles.remove(draft);
        }
    }

    @Override
    public MadeCertificate issue(Path folder, CertificateRequest request, @Nullable Path out) throws IOException {
        CertificateMaker.Authority authority = open(folder);
        if (request.hosts().isEmpty()) {
            throw new CertificateRequestException(
                    "a certificate needs the addresses at which its process is reached; write --host 10.0.0.5");
        }
        GeneralName[] names = names(request.hosts());
        checkDays(request.days());
        String wanted = request.name();
        if (wanted != null && !wanted.matches(NAME)) {
            throw new CertificateRequestException("got the name \"" + wanted
                    + "\", expected at most 63 letters, digits, dots, dashes and underscores; write --name worker-a");
        }
        if (out != null && !PrivateFiles.isFree(out)) {
            throw new CertificateRequestException(out + " is not empty; write --out with a folder that does not exist");
        }
        try (FileChannel lock = lock(folder);
                FileLock held = lock.lock()) {
            Objects.requireNonNull(held);
            String name = wanted == null ? freeName(folder) : wanted;
            Path record = folder.resolve(ISSUED).resolve(name + PEM);
            if (Files.exists(record)) {
                throw new CertificateRequestException("the authority in " + folder + " has issued a certificate " + name
                        + "; write another --name, or none");
            }
            Path place = out == null ? folder.resolve(WORKERS).resolve(name) : out;
            if (!PrivateFiles.isFree(place)) {
                throw new CertificateRequestException(place + " is not empty; write --out with another folder");
            }
            if (out == null && !Files.isDirectory(folder.resolve(WORKERS))) {
                PrivateFiles.makeFolder(folder.resolve(WORKERS));
            }
            return make(folder, authority, name, names, request.days(), record, place);
        } catch (GeneralSecurityException e) {
            throw damaged(folder, e);
        }
    }

    private MadeCertificate make(
            Path folder,
            CertificateMaker.Authority authority,
            String name,
            GeneralName[] hosts,
            int days,
            Path record,
            Path place)
            throws IOException, GeneralSecurityException {
        Path draft = PrivateFiles.draft(place);
        try {
            X509CRL list = KeyFiles.readList(folder.resolve(KeyFiles.CRL));
            KeyPair keys = CertificateMaker.newKeys();
            X509Certificate certificate = certify(authority, keys, name, hosts, days);
            String password = KeyFiles.newPassword();
            writePassword(draft, password);
            writeProcess(draft, password.toCharArray(), authority.certificate(), list, keys, certificate);
            // Recorded first: what is out there can be revoked.
            KeyFiles.writePem(record, certificate);
            put(draft, place);
            return new MadeCertificate(issued(certificate, list), place);
        } finally {
            PrivateFiles.remove(draft);
        }
    }

    @Override
    public List<IssuedCertificate> list(Path folder) throws IOException {
        check(folder);
        try (Stream<Path> files = Files.list(folder.resolve(ISSUED))) {
            X509CRL list = KeyFiles.readList(folder.resolve(KeyFiles.CRL));
            List<IssuedCertificate> all = new ArrayList<>();
            for (Path file : files.filter(one -> one.toString().endsWith(PEM)).toList()) {
                all.add(issued(KeyFiles.readCertificate(file), list));
            }
            all.sort(Comparator.comparing((IssuedCertificate one) -> one.name().length())
                    .thenComparing(IssuedCertificate::name));
            return all;
        } catch (GeneralSecurityException e) {
            throw damaged(folder, e);
        }
    }

    @Override
    public Revocation revoke(Path folder, String name) throws IOException {
        CertificateMaker.Authority authority = open(folder);
        Path record = name.matches(NAME) ? folder.resolve(ISSUED).resolve(name + PEM) : null;
        if (record == null || !Files.exists(record)) {
            throw new CertificateRequestException("the authority in " + folder + " has issued no certificate " + name
                    + "; write kilonode certs list " + folder + " for their names");
        }
        try (FileChannel lock = lock(folder);
                FileLock held = lock.lock()) {
            Objects.requireNonNull(held);
            X509Certificate certificate = KeyFiles.readCertificate(record);
            Path file = folder.resolve(KeyFiles.CRL);
            X509CRL before = KeyFiles.readList(file);
            boolean earlier = before.getRevokedCertificate(certificate.getSerialNumber()) != null;
            X509CRL list =
                    earlier ? before : CertificateMaker.list(authority, before, certificate.getSerialNumber(), now());
            List<Path> updated = new ArrayList<>();
            if (!earlier) {
                KeyFiles.writePem(file, list);
                updated.addAll(updateCopies(folder, list));
            }
            return new Revocation(issued(certificate, list), earlier, file, updated);
        } catch (GeneralSecurityException e) {
            throw damaged(folder, e);
        }
    }

    private static List<Path> updateCopies(Path folder, X509CRL list) throws IOException {
        List<Path> updated = new ArrayList<>();
        Path workers = folder.resolve(WORKERS);
        if (!Files.isDirectory(workers)) return updated;
        try (Stream<Path> all = Files.list(workers)) {
            Predicate<Path> hasList = one -> Files.exists(one.resolve(KeyFiles.CRL));
            for (Path one : all.filter(hasList).sorted().toList()) {
                KeyFiles.writePem(one.resolve(KeyFiles.CRL), list);
                updated.add(one);
            }
        }
        return updated;
    }

    private X509Certificate certify(
            CertificateMaker.Authority authority, KeyPair keys, String name, GeneralName[] hosts, int days)
            throws GeneralSecurityException, IOException {
        Instant now = now();
        Instant until = now.plus(days, ChronoUnit.DAYS);
        Instant last = authority.certificate().getNotAfter().toInstant();
        if (until.isAfter(last)) {
            throw new CertificateRequestException("the authority ends on " + last
                    + ", before the certificate would; write fewer --days, or make a new authority with certs init");
        }
        return CertificateMaker.process(
                authority,
                keys,
                name,
                hosts,
                now.minus(EARLIER),
                until,
                KeyPurposeId.id_kp_serverAuth,
                KeyPurposeId.id_kp_clientAuth);
    }

    private static void writeProcess(
            Path folder,
            char[] password,
            X509Certificate authority,
            X509CRL list,
            KeyPair keys,
            X509Certificate certificate)
            throws IOException, GeneralSecurityException {
        KeyFiles.writeStore(folder.resolve(KeyFiles.STORE), password, keys.getPrivate(), certificate, authority);
        KeyFiles.writeStore(folder.resolve(KeyFiles.TRUST), password, null, authority);
        KeyFiles.writePem(folder.resolve(KeyFiles.KEY), keys.getPrivate());
        KeyFiles.writePem(folder.resolve(KeyFiles.CERTIFICATE), certificate, authority);
        KeyFiles.writePem(folder.resolve(KeyFiles.CA), authority);
        KeyFiles.writePem(folder.resolve(KeyFiles.CRL), list);
    }

    private static void writePassword(Path folder, String password) throws IOException {
        PrivateFiles.write(folder.resolve(KeyFiles.PASSWORD), (password + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Moves a folder to its place, which is free; if it was taken meanwhile, that is an error. */
    private static void put(Path draft, Path place) throws IOException {
        Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void check(Path folder) throws IOException {
        if (Files.exists(folder.resolve(KeyFiles.CA_STORE))) return;
        if (!Files.exists(folder)) {
            throw new CertificateRequestException(
                    "there is no folder " + folder + "; write kilonode certs init " + folder + " to make an authority");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new java.nio.file.AccessDeniedException(folder.toString());
        }
        throw new CertificateRequestException(folder + " has no authority (no file " + KeyFiles.CA_STORE
                + "); write the folder made by certs init, or kilonode certs init with a new one");
    }

    private static CertificateMaker.Authority open(Path folder) throws IOException {
        check(folder);
        try {
            char[] password = KeyFiles.password(folder);
            KeyStore store = KeyFiles.readStore(folder.resolve(KeyFiles.CA_STORE), password);
            PrivateKey key = (PrivateKey) Objects.requireNonNull(store.getKey(KeyFiles.ALIAS, password), "no key");
            return new CertificateMaker.Authority(
                    (X509Certificate) Objects.requireNonNull(store.getCertificate(KeyFiles.ALIAS)), key);
        } catch (GeneralSecurityException | NullPointerException e) {
            throw damaged(folder, e);
        }
    }

    private static CertificateRequestException damaged(Path folder, Exception e) {
        return new CertificateRequestException("the authority in " + folder + " is damaged (" + e.getMessage()
                + "); write its folder from a copy, or make a new authority with certs init");
    }

    private static FileChannel lock(Path folder) throws IOException {
        return PrivateFiles.lockFile(folder.resolve(LOCK));
    }

    private static String freeName(Path folder) {
        int number = 1;
        while (Files.exists(folder.resolve(ISSUED).resolve("worker-" + number + PEM))) number++;
        return "worker-" + number;
    }

    private static GeneralName[] names(List<String> hosts) {
        List<GeneralName> names = new ArrayList<>();
        for (String host : new LinkedHashSet<>(hosts)) {
            GeneralName name = HostNames.parse(host);
            if (name == null) {
                throw new CertificateRequestException(
                        "got the host \"" + host
                                + "\", expected an IP address or a DNS name without port; write --host 10.0.0.5,worker-1.example");
            }
            names.add(name);
        }
        return names.toArray(GeneralName[]::new);
    }

    private static void checkDays(int days) {
        if (days >= 1 && days <= MOST_DAYS) return;
        throw new CertificateRequestException(
                "got " + days + " days, expected 1 to " + MOST_DAYS + "; write --days 30");
    }

    /** Name of this machine, and its addresses without those of a link only. */
    private static List<String> ownHosts() throws IOException {
        Set<String> hosts = new LinkedHashSet<>(List.of("localhost"));
        try {
            String name = InetAddress.getLocalHost().getHostName();
            if (HostNames.parse(name) != null) hosts.add(name);
        } catch (UnknownHostException e) {
            // A machine without a name is reached by its addresses.
        }
        for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InterfaceAddress address : one.getInterfaceAddresses()) {
                InetAddress ip = address.getAddress();
                if (!ip.isLinkLocalAddress()) hosts.add(ip.getHostAddress().replaceFirst("%.*", ""));
            }
        }
        return List.copyOf(hosts);
    }

    private IssuedCertificate issued(X509Certificate certificate, X509CRL list) throws GeneralSecurityException {
        X509CRLEntry entry = list.getRevokedCertificate(certificate.getSerialNumber());
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        Instant now = now();
        State state = State.VALID;
        if (entry != null) state = State.REVOKED;
        else if (now.isAfter(until)) state = State.EXPIRED;
        else if (now.isBefore(from)) state = State.NOT_YET_VALID;
        BigInteger serial = certificate.getSerialNumber();
        return new IssuedCertificate(
                PeerVerifier.name(certificate),
                HostNames.of(certificate),
                serial.toString(16),
                from,
                until,
                state,
                entry == null ? null : entry.getRevocationDate().toInstant());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
