package dev.kilonode.simulator.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kilonode.simulator.run.EnvironmentException;
import dev.kilonode.simulator.run.EnvironmentFailure;
import dev.kilonode.simulator.run.control.CertificateAuthorityProvider;
import dev.kilonode.simulator.run.control.CertificateAuthorityProvider.CertificateRequest;
import dev.kilonode.simulator.run.control.CertificateAuthorityProvider.IssuedCertificate;
import dev.kilonode.simulator.run.control.CertificateAuthorityProvider.MadeCertificate;
import dev.kilonode.simulator.run.control.CertificateAuthorityProvider.Revocation;
import dev.kilonode.simulator.run.control.CertificateRequestException;
import dev.kilonode.simulator.scenario.Suggestions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** {@code certs init|worker|list|revoke}: certificates of coordinators and workers. */
final class CertsCommand implements Command<CertsFlags> {
    private static final List<String> WORDS = List.of("init", "worker", "list", "revoke");

    /** Flags that not every word takes, with those that do. */
    private static final Map<String, List<String>> TAKEN_BY = Map.of(
            "--host", List.of("init", "worker"),
            "--days", List.of("init", "worker"),
            "--name", List.of("worker"),
            "--out", List.of("worker"));

    @Override
    public String name() {
        return "certs";
    }

    @Override
    public String operands() {
        return "init DIR | worker DIR | list DIR | revoke DIR NAME";
    }

    @Override
    public String summary() {
        return "makes and revokes the certificates of a run over several machines, see docs/cluster.md";
    }

    @Override
    public CertsFlags newFlags() {
        return new CertsFlags();
    }

    @Override
    public @Nullable CommandResult run(CertsFlags flags, Console console) {
        String word = flags.operands.isEmpty() ? "" : flags.operands.get(0);
        if (!WORDS.contains(word)) {
            throw new UsageException("certs needs init, worker, list or revoke"
                    + (word.isEmpty() ? "" : ", got " + word + Suggestions.hint(word, WORDS))
                    + "; write kilonode certs init certs");
        }
        refuseOthers(flags, word);
        String usage = word.equals("revoke") ? "DIR NAME" : "DIR";
        List<String> rest = flags.operands.subList(1, flags.operands.size());
        if (rest.size() != (word.equals("revoke") ? 2 : 1)) {
            throw new UsageException("certs " + word + " takes " + usage + ", got "
                    + (rest.isEmpty() ? "nothing" : String.join(" ", rest)) + "; write kilonode certs " + word
                    + " certs"
                    + switch (word) {
                        case "worker" -> " --host 10.0.0.5";
                        case "revoke" -> " worker-1";
                        default -> "";
                    });
        }
        Path folder = ScenarioFlags.path(rest.get(0), "a folder");
        CertificateAuthorityProvider authority = provider();
        try {
            switch (word) {
                case "init" -> tell(authority.init(folder, hosts(flags), days(flags)), "authority", flags, console);
                case "worker" ->
                    tell(
                            authority.issue(
                                    folder,
                                    new CertificateRequest(flags.name, hosts(flags), days(flags)),
                                    flags.out == null ? null : ScenarioFlags.path(flags.out, "a folder")),
                            "worker",
                            flags,
                            console);
                case "list" -> list(authority.list(folder), flags, console);
                default -> tell(authority.revoke(folder, rest.get(1)), flags, console);
            }
        } catch (CertificateRequestException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new EnvironmentException(EnvironmentFailure.words(e, folder));
        }
        return null;
    }

    private static void refuseOthers(CertsFlags flags, String word) {
        TAKEN_BY.forEach((flag, words) -> {
            // A variable of the environment is for those commands that know it.
            if (flag.equals(flags.sources.get(flag)) && !words.contains(word)) {
                throw new UsageException("certs " + word + " takes no " + flag + ", which is for certs "
                        + String.join(" and ", words) + "; leave it out");
            }
        });
    }

    private static List<String> hosts(CertsFlags flags) {
        if (flags.host == null) return List.of();
        List<String> hosts =
                Arrays.stream(flags.host.split(",", -1)).map(String::strip).toList();
        if (hosts.contains("")) {
            throw new UsageException(flags.sourceOf("--host") + ": got \"" + flags.host
                    + "\", expected addresses with commas between them; write --host 10.0.0.5,worker-1.example");
        }
        return hosts;
    }

    private static int days(CertsFlags flags) {
        try {
            return Integer.parseInt(flags.days.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(flags.sourceOf("--days") + ": got \"" + flags.days
                    + "\", expected a whole number of days, 1 to 825; write --days 30");
        }
    }

    private static CertificateAuthorityProvider provider() {
        return ServiceLoader.load(CertificateAuthorityProvider.class)
                .findFirst()
                .orElseThrow(
                        () -> new EnvironmentException(
                                "this installation has no module for certificates (kilonode-cluster); install Kilonode as a whole"));
    }

    private static void tell(MadeCertificate made, String what, CertsFlags flags, Console console) {
        if (!flags.quiet) {
            IssuedCertificate one = made.certificate();
            console.err()
                    .println("certificate of " + one.name() + " for " + String.join(", ", one.hosts())
                            + ", valid until " + one.validUntil());
            console.err()
                    .println(
                            what.equals("authority")
                                    ? "keep the folder secret, it has the key of the authority; next: kilonode certs worker "
                                            + made.folder() + " --host ADDRESS"
                                    : "copy the folder to its machine as a secret, and write there: kilonode worker --join"
                                            + " HOST:PORT --certs FOLDER");
        }
        if (flags.json()) {
            ObjectNode json = json(made.certificate());
            json.put("folder", made.folder().toString());
            console.out().println(json.toPrettyString());
        } else {
            console.out().println(made.folder());
        }
    }

    private static void list(List<IssuedCertificate> all, CertsFlags flags, Console console) {
        if (flags.json()) {
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            all.forEach(one -> json.add(json(one)));
            console.out().println(json.toPrettyString());
            return;
        }
        console.out().println(row("name", "state", "valid until", "serial", "hosts"));
        for (IssuedCertificate one : all) {
            console.out()
                    .println(row(
                            one.name(),
                            state(one),
                            one.validUntil().toString(),
                            one.serial(),
                            String.join(",", one.hosts())));
        }
    }

    private static String row(String name, String state, String until, String serial, String hosts) {
        return String.format(Locale.ROOT, "%-16s %-13s %-20s  %-32s %s", name, state, until, serial, hosts);
    }

    private static String state(IssuedCertificate one) {
        return one.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void tell(Revocation done, CertsFlags flags, Console console) {
        IssuedCertificate one = done.certificate();
        if (!flags.quiet) {
            console.err()
                    .println("certificate of " + one.name()
                            + (done.earlier() ? " was revoked before, on " : " is revoked since ") + one.revoked());
            if (!done.updated().isEmpty()) {
                console.err()
                        .println("updated the list in " + done.updated().size() + " folders below "
                                + done.list().resolveSibling("workers"));
            }
            console.err()
                    .println("copy " + done.list() + " to the folder of certificates of the coordinator and of each"
                            + " worker, as crl.pem; a process reads it when it starts");
        }
        if (flags.json()) {
            ObjectNode json = json(one);
            json.put("list", done.list().toString());
            console.out().println(json.toPrettyString());
        } else {
            console.out().println(done.list());
        }
    }

    private static ObjectNode json(IssuedCertificate one) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", one.name());
        ArrayNode hosts = json.putArray("hosts");
        one.hosts().forEach(hosts::add);
        json.put("serial", one.serial())
                .put("valid_from", one.validFrom().toString())
                .put("valid_until", one.validUntil().toString())
                .put("state", one.state().name().toLowerCase(Locale.ROOT));
        if (one.revoked() != null) json.put("revoked", one.revoked().toString());
        return json;
    }
}
