package io.toolstream.mcp.tcp;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words for why a connection could not be made, without what a peer or a library would like to say. */
final class Causes {
    private static final int DEEPEST = 10;

    private Causes() {}

    /** Why there is no connection. */
    static String text(@Nullable Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return ": no answer in time";
        }
        if (cause instanceof NoRouteToHostException) {
            return ": no route";
        }
        if (cause instanceof ConnectException) {
            return ": refused";
        }
        return cause == null ? "" : ": " + cause.getClass().getSimpleName();
    }

    /** Why there is no TLS over it. */
    static String handshake(Throwable cause) {
        return ": TLS failed: " + handshakeFailure(cause);
    }

    private static String handshakeFailure(Throwable cause) {
        if (has(cause, CertificateExpiredException.class)) {
            return "its certificate has expired";
        }
        if (has(cause, CertificateNotYetValidException.class)) {
            return "its certificate is not valid yet";
        }
        if (has(cause, CertPathBuilderException.class)) {
            return "nobody who is trusted vouches for its certificate";
        }
        if (has(cause, CertificateException.class)) {
            return "its certificate is not to be trusted, or of another name";
        }
        if (has(cause, SslHandshakeTimeoutException.class)) {
            return "no handshake in time";
        }
        if (has(cause, NotSslRecordException.class)) {
            return "it does not speak TLS";
        }
        if (has(cause, ClosedChannelException.class)) {
            return "closed during the handshake";
        }
        if (!(cause instanceof SSLException) && cause instanceof IOException) {
            return "the connection broke during the handshake";
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> kind) {
        Throwable cause = thrown;
        for (int i = 0; i < DEEPEST && cause != null; i++) {
            if (kind.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
