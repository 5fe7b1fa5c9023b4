package dev.kilonode.cluster;

import dev.kilonode.cluster.certificates.CertificateFolder;
import dev.kilonode.simulator.run.control.ClusterException;
import dev.kilonode.simulator.run.control.ClusterProvider.Join;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Reaches a coordinator before the cluster does, to say in words why it cannot be reached: nobody listens, or one side refuses the
 * certificate of the other. The cluster itself would only try again.
 */
final class JoinProbe {

    private static final int CONNECT_MILLIS = 5_000;

    /** How long an alert of the other side may take after the handshake. */
    private static final int ALERT_MILLIS = 500;

    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private JoinProbe() {}

    /**
     * Waits until the coordinator answers.
     *
     * @param untilNanos when to give up, on the clock of {@link System#nanoTime}
     * @return the address of this process as the coordinator will see it
     * @throws ClusterException if it does not answer, or one side refuses the other
     */
    static String reach(Join to, long untilNanos, Consumer<String> log) {
        while (true) {
            try (Socket socket = new Socket()) {
                InetAddress host = InetAddress.getByName(to.host());
                if (to.bind() != null) socket.bind(new InetSocketAddress(InetAddress.getByName(to.bind()), 0));
                socket.connect(new InetSocketAddress(host, to.port()), CONNECT_MILLIS);
                String own =
                        to.bind() != null ? to.bind() : socket.getLocalAddress().getHostAddress();
                if (to.certificates() != null) shakeHands(to, CertificateFolder.open(to.certificates()), socket, log);
                return own;
            } catch (UnknownHostException e) {
                throw new ClusterException("no address is known for " + e.getMessage() + "; write an IP address", e);
            } catch (IOException e) {
                boolean over = System.nanoTime() - untilNanos > 0
                        || Thread.currentThread().isInterrupted();
                if (over) {
                    throw new ClusterException(
                            "the coordinator at " + to.host() + ":" + to.port()
                                    + " does not answer (" + e.getMessage()
                                    + "); start it with kilonode run --workers N"
                                    + " --listen " + to.host() + ":" + to.port() + ", and look at firewalls between",
                            e);
                }
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
    }

    private static void shakeHands(Join to, CertificateFolder certificates, Socket socket, Consumer<String> log)
            throws IOException {
        StringBuilder refused = new StringBuilder();
        Consumer<String> said = line -> {
            log.accept(line);
            refused.append(line);
        };
        try (SSLSocket tls = (SSLSocket)
                certificates.handshakeOnly(said).getSocketFactory().createSocket(socket, to.host(), to.port(), false)) {
            SSLParameters parameters = certificates.parameters();
            tls.setSSLParameters(parameters);
            tls.setSoTimeout(CONNECT_MILLIS);
            tls.startHandshake();
            tls.setSoTimeout(ALERT_MILLIS);
            int ignored = tls.getInputStream().read(); // with TLS 1.3 the other side refuses after the handshake
        } catch (SocketTimeoutException e) {
            // nothing to read: the other side has accepted, or says nothing
        } catch (SSLException | SocketException e) {
            String other = certificates.refusedByOtherEnd(e);
            if (!refused.isEmpty()) throw notAccepted(to, refused);
            if (other != null) throw new ClusterException(other, e);
            throw new ClusterException(
                    "the coordinator at " + to.host() + ":" + to.port() + " ended the connection (" + e.getMessage()
                            + "): either it has refused the certificate of " + certificates.name()
                            + ", then its log says why, or it runs without certificates; start it with --certs, or this"
                            + " worker without",
                    e);
        }
        if (!refused.isEmpty()) throw notAccepted(to, refused);
    }

    private static ClusterException notAccepted(Join to, CharSequence refused) {
        return new ClusterException("the coordinator at " + to.host() + ":" + to.port()
                + " has a certificate that this worker does not accept: " + refused);
    }
}
