package dev.kilonode.simulator.run;

import dev.kilonode.node.link.base.LinkException;
import dev.kilonode.node.link.provider.BuiltInLinks;
import dev.kilonode.simulator.wall.JvmProbe;
import dev.kilonode.simulator.wall.PortCheck;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The checks of {@code doctor}. */
public final class EnvironmentChecks {
    public enum Grade {
        OK,
        WARN,
        FAIL
    }

    /** @param remedy what to do; empty if all is well */
    public record Finding(Grade grade, String what, String found, String remedy) {}

    private static final long WANTED_HEAP_MIB = 1400;
    private static final long WANTED_DISK_MIB = 1024;
    private static final long WANTED_DESCRIPTORS = 20_000;

    private EnvironmentChecks() {}

    public static List<Finding> all() {
        return List.of(
                java(),
                cores(),
                heap(),
                disk(),
                signature("ML-DSA-65"),
                signature("Ed25519"),
                charts(),
                descriptors(),
                loopback(),
                quic());
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        return grade(
                feature >= 17, Grade.FAIL, "java", Runtime.version().toString(), "set JAVA_HOME to a JDK 17 or newer");
    }

    private static Finding cores() {
        int cores = Runtime.getRuntime().availableProcessors();
        return grade(
                cores >= 2,
                Grade.WARN,
                "cores",
                Integer.toString(cores),
                "runs work, but slow down while the collector runs; give it 2");
    }

    private static Finding heap() {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return grade(
                heap >= WANTED_HEAP_MIB,
                Grade.WARN,
                "heap",
                heap + " MiB",
                "1000 nodes need about " + WANTED_HEAP_MIB
                        + " MiB; write KILONODE_JAVA_OPTS=-Xmx2g ./kilonode ..., or use --scale");
    }

    private static Finding disk() {
        try {
            long free = Files.getFileStore(Path.of("").toAbsolutePath()).getUsableSpace() >> 20;
            return grade(
                    free >= WANTED_DISK_MIB,
                    Grade.FAIL,
                    "disk",
                    free + " MiB free",
                    "results of a long run take up to " + WANTED_DISK_MIB
                            + " MiB, for store.medium: disk see kilonode plan; free some, or write --out to another"
                            + " disk");
        } catch (IOException e) {
            return new Finding(Grade.WARN, "disk", "unknown: " + e.getMessage(), "check with df -h .");
        }
    }

    private static Finding signature(String algorithm) {
        try {
            return new Finding(
                    Grade.OK,
                    algorithm,
                    "by the JDK, " + signedBy(KeyPairGenerator.getInstance(algorithm), algorithm),
                    "");
        } catch (GeneralSecurityException e) {
            try {
                Provider provider = new BouncyCastleProvider();
                KeyPairGenerator keys = KeyPairGenerator.getInstance(algorithm, provider);
                return new Finding(Grade.OK, algorithm, "by Bouncy Castle, " + signedBy(keys, algorithm), "");
            } catch (GeneralSecurityException | LinkageError none) {
                return new Finding(
                        Grade.FAIL,
                        algorithm,
                        "no provider: " + none.getMessage(),
                        "use a complete distribution, or JDK 24 or newer");
            }
        }
    }

    private static String signedBy(KeyPairGenerator generator, String algorithm) throws GeneralSecurityException {
        KeyPair keys = generator.generateKeyPair();
        Signature signature = Signature.getInstance(algorithm, generator.getProvider());
        signature.initSign(keys.getPrivate());
        signature.update(new byte[32]);
        return "signature of " + signature.sign().length + " B";
    }

    private static Finding charts() {
        String remedy =
                "install fontconfig and a font, such as fonts-dejavu-core; write report.png: false to do without";
        try {
            BufferedImage image = new BufferedImage(80, 20, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(Color.WHITE);
            graphics.drawString("drops", 2, 15);
            graphics.dispose();
            boolean drawn = java.util.Arrays.stream(image.getRGB(0, 0, 80, 20, null, 0, 80))
                    .anyMatch(rgb -> rgb != 0xff000000);
            return grade(
                    drawn,
                    Grade.WARN,
                    "charts",
                    drawn ? "text can be drawn without a screen" : "drawn text is invisible",
                    remedy);
        } catch (RuntimeException | Error e) { // a missing font library shows as one of several errors
            return new Finding(Grade.WARN, "charts", "cannot draw text: " + e, remedy);
        }
    }

    private static Finding descriptors() {
        long most = new JvmProbe().mostDescriptors();
        return grade(
                most >= WANTED_DESCRIPTORS,
                Grade.WARN,
                "files",
                most == Long.MAX_VALUE ? "no known limit" : most + " descriptors",
                "1000 nodes in wall time on tcp need " + WANTED_DESCRIPTORS + ", on quic 1200; write ulimit -n "
                        + WANTED_DESCRIPTORS + " before the run, or --set wall.link=memory");
    }

    private static Finding loopback() {
        try {
            PortCheck.check(BuiltInLinks.named("tcp"), "127.1.0.1", 2, 2, 0);
            return new Finding(Grade.OK, "loopback", "hosts can have addresses of their own in 127/8", "");
        } catch (LinkException e) {
            return new Finding(
                    Grade.WARN,
                    "loopback",
                    "no addresses of their own for hosts: " + e.getMessage(),
                    "runs in wall time want --set wall.link=memory here");
        }
    }

    private static Finding quic() {
        try {
            BuiltInLinks.named("quic").checkAvailable();
            return new Finding(Grade.OK, "quic", "the native library is there", "");
        } catch (LinkException e) {
            return new Finding(
                    Grade.WARN, "quic", String.valueOf(e.getMessage()), "write --set wall.link=tcp, tls or memory");
        }
    }

    private static Finding grade(boolean well, Grade otherwise, String what, String found, String remedy) {
        return new Finding(well ? Grade.OK : otherwise, what, found, well ? "" : remedy);
    }
}
