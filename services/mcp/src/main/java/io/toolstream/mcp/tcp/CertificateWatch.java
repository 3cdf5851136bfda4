package io.toolstream.mcp.tcp;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Says once, while there is time, that a server's certificate will end. Any thread. */
final class CertificateWatch {
    static final Duration SOON = Duration.ofDays(14);

    private final String server;
    private final InstantSource clock;
    private final Consumer<String> warning;
    private final AtomicBoolean isSaid = new AtomicBoolean();

    CertificateWatch(String server, InstantSource clock, Consumer<String> warning) {
        this.server = server;
        this.clock = clock;
        this.warning = warning;
    }

    void look(SSLSession session) {
        if (isSaid.get()) {
            return;
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            if (chain.length > 0 && chain[0] instanceof X509Certificate own) {
                look(own.getNotAfter().toInstant());
            }
        } catch (SSLPeerUnverifiedException e) {
            // A server without a certificate was not connected to in the first place.
        }
    }

    private void look(Instant end) {
        boolean isSoon = clock.instant().plus(SOON).isAfter(end);
        if (isSoon && isSaid.compareAndSet(false, true)) {
            warning.accept("the certificate of " + server + " ends at " + end);
        }
    }
}
