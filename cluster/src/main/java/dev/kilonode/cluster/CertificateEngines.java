package dev.kilonode.cluster;

import dev.kilonode.cluster.certificates.CertificateFolder;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import scala.Option;

/** TLS with the certificates of a folder, for Pekko. The trust manager of the folder decides during the handshake. Any thread. */
final class CertificateEngines implements SSLEngineProvider {

    private final CertificateFolder certificates;
    private final SSLContext context;

    /** @param log receives a line for each process that is refused */
    CertificateEngines(CertificateFolder certificates, Consumer<String> log) {
        this.certificates = certificates;
        this.context = certificates.context(log);
    }

    @Override
    public SSLEngine createServerSSLEngine(String hostname, int port) {
        return certificates.serverEngine(context);
    }

    @Override
    public SSLEngine createClientSSLEngine(String hostname, int port) {
        return certificates.clientEngine(context, hostname, port);
    }

    @Override
    public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
        return Option.empty();
    }

    @Override
    public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
        return Option.empty();
    }
}
