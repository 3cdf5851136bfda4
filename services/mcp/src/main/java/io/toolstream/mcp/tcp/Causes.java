package io.toolstream.mcp.tcp;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words for why a connection could not be made, without what a peer or a library would like to say. */
final class Causes {
    private Causes() {}

    static String text(@Nullable Throwable cause) {
        if (cause instanceof io.netty.channel.ConnectTimeoutException) {
            return ": no answer in time";
        }
        if (cause instanceof NoRouteToHostException) {
            return ": no route";
        }
        if (cause instanceof ConnectException) {
            return ": refused";
        }
        if (cause instanceof SSLException) {
            return ": TLS failed (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")";
        }
        return cause == null ? "" : ": " + cause.getClass().getSimpleName();
    }
}
