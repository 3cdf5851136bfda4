package io.toolstream.worker.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.settings.servers.OAuthEntry;
import io.toolstream.settings.servers.ServerEntry;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * As whom, and where, a tool server is spoken to, as one digest: address or command, headers, environment and credentials.
 * What was answered to one identity is not given to another, also when an operator changes a token under the same name.
 */
public final class CredentialScope {
    private final MessageDigest digest = CacheKeys.sha256();

    private CredentialScope() {}

    /** Hex; tells nothing of what is secret in the entry. */
    public static String of(ServerEntry entry) {
        CredentialScope scope = new CredentialScope();
        scope.add(entry.getClass().getSimpleName());
        if (entry instanceof ServerEntry.Http http) {
            http.urls().forEach(url -> scope.add(url.toString()));
            scope.add(http.headers());
            scope.add(http.oauth());
        } else if (entry instanceof ServerEntry.WebSocket socket) {
            scope.add(socket.url().toString());
            scope.add(socket.headers());
        } else if (entry instanceof ServerEntry.Stdio stdio) {
            stdio.command().forEach(scope::add);
            scope.add(stdio.environment());
            scope.add(String.valueOf(stdio.directory()));
        }
        return HexFormat.of().formatHex(scope.digest.digest());
    }

    private void add(Map<String, String> map) {
        add(Integer.toString(map.size()));
        new TreeMap<>(map).forEach((name, value) -> {
            add(name);
            add(value);
        });
    }

    private void add(@Nullable OAuthEntry oauth) {
        if (oauth == null) {
            add("");
            return;
        }
        add(oauth.clientId());
        add(oauth.issuer().toString());
        oauth.scopes().forEach(this::add);
        add(
                oauth.proof() instanceof OAuthEntry.Proof.Secret secret
                        ? secret.secret()
                        : ((OAuthEntry.Proof.SigningKey) oauth.proof()).pem());
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
