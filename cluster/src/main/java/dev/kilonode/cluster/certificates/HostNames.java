package dev.kilonode.cluster.certificates;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;
import org.jspecify.annotations.Nullable;

/** The hosts of a certificate: IP addresses and DNS names of its subject alternative name. Never asks a name server. */
final class HostNames {

    private static final int DNS = GeneralName.dNSName;
    private static final int IP = GeneralName.iPAddress;
    private static final int LONGEST = 253;
    private static final Pattern NAME =
            Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*");
    private static final Pattern ONLY_DIGITS = Pattern.compile("[0-9.]+|.*\\.[0-9]+");

    private HostNames() {}

    /** The host as a certificate writes it, or null if it is neither an IP address nor a DNS name. */
    static @Nullable GeneralName parse(String host) {
        if (isAddress(host)) return new GeneralName(IP, host);
        String lower = host.toLowerCase(Locale.ROOT);
        boolean name = lower.length() <= LONGEST
                && NAME.matcher(lower).matches()
                && !ONLY_DIGITS.matcher(lower).matches();
        return name ? new GeneralName(DNS, lower) : null;
    }

    /** The hosts of a certificate; empty if it names none. */
    static List<String> of(X509Certificate certificate) throws CertificateParsingException {
        List<String> hosts = new ArrayList<>();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) return hosts;
        for (List<?> name : names) {
            boolean host = name.get(0) instanceof Integer kind && (kind == DNS || kind == IP);
            if (host) hosts.add(String.valueOf(name.get(1)));
        }
        return hosts;
    }

    /** Whether one of {@code hosts} is {@code wanted}. An address matches no DNS name, and a name no address. */
    static boolean contain(List<String> hosts, String wanted) {
        String plain = withoutBrackets(wanted);
        if (isAddress(plain)) {
            InetAddress address = address(plain);
            return hosts.stream()
                    .anyMatch(host -> isAddress(host) && address(host).equals(address));
        }
        String lower = plain.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        String above = dot < 0 ? "" : "*" + lower.substring(dot);
        return hosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .anyMatch(host -> host.equals(lower) || host.equals(above));
    }

    /** An IPv6 address may come in the brackets of a URL, and with the interface that it belongs to. */
    private static String withoutBrackets(String host) {
        String plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        int zone = plain.indexOf('%');
        return zone < 0 ? plain : plain.substring(0, zone);
    }

    private static boolean isAddress(String host) {
        return IPAddress.isValid(host);
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host); // a literal: no look-up
        } catch (UnknownHostException e) {
            throw new IllegalStateException("no address: " + host, e);
        }
    }
}
