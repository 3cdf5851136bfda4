package io.toolstream.settings;

import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether the key and trust stores that Kafka's clients are given can be read and opened: said at the start, with the place
 * in the settings, and not by a client that tries for ever. Reads those files; never tells what is in them but for the
 * subject of a certificate that has ended.
 */
final class KeyStores {
    private static final String KAFKA = "/kafka/client";

    private final SourceTree explicit;
    private final Problems problems;
    private final Instant now;
    private final List<Problem> warnings = new ArrayList<>();

    private KeyStores(SourceTree explicit, Problems problems, Instant now) {
        this.explicit = explicit;
        this.problems = problems;
        this.now = now;
    }

    /** Returns warnings. */
    static List<Problem> check(SourceTree explicit, Problems problems, Instant now) {
        KeyStores stores = new KeyStores(explicit, problems, now);
        stores.check("ssl.keystore");
        stores.check("ssl.truststore");
        return stores.warnings;
    }

    private void check(String store) {
        String location = value(store + ".location");
        if (location.isEmpty()) {
            return;
        }
        String pointer = Pointers.child(KAFKA, store + ".location");
        try {
            Path file = Path.of(location);
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                problems.add(explicit.problem(pointer, "is not a file that can be read"));
            } else if (!value(store + ".type").equalsIgnoreCase("PEM")) {
                open(file.toFile(), store, pointer);
            }
        } catch (InvalidPathException e) {
            problems.add(explicit.problem(pointer, "is not a path"));
        }
    }

    private void open(File file, String store, String pointer) {
        String password = value(store + ".password");
        try {
            KeyStore opened = KeyStore.getInstance(file, password.isEmpty() ? null : password.toCharArray());
            if (store.equals("ssl.keystore")) {
                warnOfEnded(opened, pointer);
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            problems.add(explicit.problem(
                    pointer, "cannot be opened: " + store + ".password is wrong, or it is no JKS or PKCS12 store"));
        }
    }

    /** Of a trust store that is no matter: it holds those of many. */
    private void warnOfEnded(KeyStore store, String pointer) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) instanceof X509Certificate certificate
                    && certificate.getNotAfter().toInstant().isBefore(now)) {
                warnings.add(explicit.problem(
                        pointer,
                        "holds a certificate that has ended on "
                                + certificate.getNotAfter().toInstant() + ": "
                                + certificate.getSubjectX500Principal().getName()));
            }
        }
    }

    private String value(String name) {
        return explicit.root().at(KAFKA).path(name).asString("");
    }
}
