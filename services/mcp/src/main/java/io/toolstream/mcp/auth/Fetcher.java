package io.toolstream.mcp.auth;

import io.toolstream.mcp.transport.HttpFields;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gets small documents by HTTP, one connection each. Any thread; nothing blocks or throws; redirects are not followed. */
public interface Fetcher {
    /** Fails with an {@link java.io.IOException} only. */
    CompletableFuture<Fetched> fetch(Wanted wanted);

    /**
     * What to get.
     *
     * @param form to be posted; null to get
     * @param isAllowed whether an address may be connected to: asked after the name was resolved, of the very address
     */
    record Wanted(URI url, HttpFields fields, @Nullable String form, Predicate<InetAddress> isAllowed) {
        /** Without fields and form, which may be secret. */
        @Override
        public String toString() {
            return "Wanted[" + url + "]";
        }
    }

    /** What came. */
    record Fetched(int status, byte[] body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Without the body, which may be secret. */
        @Override
        public String toString() {
            return "Fetched[" + status + "]";
        }
    }
}
