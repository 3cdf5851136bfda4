package io.toolstream.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of a server and its key, made by the JDK's keytool.
 *
 * @param certificate whom a client has to trust: the certificate itself where it is self-signed, else who signed it
 */
public record TlsIdentity(Path store, Path certificate) {
    /** Of the store and of its key. */
    public static final String PASSWORD = "password";

    /** Valid for three months. */
    public static TlsIdentity of(Path folder, String host) {
        return of(folder, host, List.of());
    }

    /** Ends after so many days from now. */
    public static TlsIdentity ending(Path folder, String host, int days) {
        return of(folder, host, List.of("-validity", Integer.toString(days)));
    }

    /** Signed by another one, and ended some days ago: whom one trusts by name is asked for no date. */
    public static TlsIdentity expired(Path parent, String host) {
        Path folder = fresh(parent);
        TlsIdentity signer = of(folder, "authority", List.of("-ext", "bc:c"));
        TlsIdentity signed = of(folder, host);
        Path request = folder.resolve(host + ".csr");
        Path chain = folder.resolve(host + ".chain");
        List<String> dates = List.of("-startdate", "-10d", "-validity", "5", "-ext", "san=dns:" + host, "-rfc");
        keytool(signed.common(), List.of("-certreq", "-file", request.toString()));
        List<String> sign = new ArrayList<>(List.of("-gencert", "-infile", request.toString()));
        sign.addAll(List.of("-outfile", chain.toString()));
        sign.addAll(dates);
        keytool(signer.common(), sign);
        keytool(
                List.of("-keystore", signed.store().toString(), "-storepass", PASSWORD, "-noprompt"),
                List.of(
                        "-importcert",
                        "-alias",
                        "signer",
                        "-file",
                        signer.certificate().toString()));
        keytool(signed.common(), List.of("-importcert", "-file", chain.toString(), "-noprompt"));
        return new TlsIdentity(signed.store(), signer.certificate());
    }

    private static Path fresh(Path parent) {
        try {
            return Files.createTempDirectory(parent, "expired");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> common() {
        return List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-alias", "key");
    }

    private static TlsIdentity of(Path folder, String host, List<String> more) {
        Path store = folder.resolve(host + ".p12");
        Path certificate = folder.resolve(host + ".pem");
        List<String> pair = new ArrayList<>(
                List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "san=dns:" + host));
        pair.addAll(more);
        TlsIdentity made = new TlsIdentity(store, certificate);
        keytool(made.common(), pair);
        keytool(made.common(), List.of("-exportcert", "-rfc", "-file", certificate.toString()));
        return made;
    }

    private static void keytool(List<String> common, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(common);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Its private key as a file of its own beside the store, as programs that know no stores want it. */
    public Path key() {
        Path key = store.resolveSibling(store.getFileName() + ".key");
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            byte[] encoded = keys.getKey("key", PASSWORD.toCharArray()).getEncoded();
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
            return Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A free port of loopback on which this identity is shown. */
    public ServerSocket listener() {
        try {
            return context().getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's side of TLS over an open connection; the handshake begins with the first read or write. */
    Socket over(Socket connection) throws IOException {
        return context().getSocketFactory().createSocket(connection, null, true);
    }

    /** For a client that trusts it, whatever its own keys are. */
    public SSLContext trusting() {
        try (InputStream in = Files.newInputStream(certificate)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "trusted", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext context() {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
