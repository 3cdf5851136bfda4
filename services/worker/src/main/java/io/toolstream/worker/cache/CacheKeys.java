package io.toolstream.worker.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.CanonicalJson;
import io.toolstream.wire.RawJson;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Tool;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys under which answers are kept. A key is SHA-256 over tenant, credential scope, server, tool, digest of the
 * tool's definition, canonical arguments, each after its length (an absent tenant is the length -1 alone), and epoch: no two
 * different lists of parts run together to the same bytes. Any thread.
 */
public final class CacheKeys {
    private static final int ABSENT = -1;

    private final UnaryOperator<String> credentialScope;
    private final Epochs epochs;

    /** {@code credentialScope} of a server by its name: differs where the world may look different, see {@link CredentialScope}. */
    public CacheKeys(UnaryOperator<String> credentialScope, Epochs epochs) {
        this.credentialScope = credentialScope;
        this.epochs = epochs;
    }

    CacheKey of(Invocation invocation) {
        Tool tool = invocation.tool();
        KnownEpoch known = epochs.of(ToolName.of(tool));
        Epoch epoch = known.epoch();
        String tenant = invocation.call().context().tenant();
        byte[] sha256 = digest(tool, tenant, invocation.call().arguments(), epoch);
        return new CacheKey(sha256, tenant, epoch, known.isSure());
    }

    /** Whether the tool's epoch is the one it was, as far as is known: else the answer may be older than what voided it. */
    boolean isCurrent(CacheKey key, Tool tool) {
        return key.epoch().equals(epochs.of(ToolName.of(tool)).epoch());
    }

    /** Whether it is surely that one. */
    boolean isSurelyCurrent(CacheKey key, Tool tool) {
        return new KnownEpoch(key.epoch(), true).equals(epochs.of(ToolName.of(tool)));
    }

    private byte[] digest(Tool tool, @Nullable String tenant, RawJson arguments, Epoch epoch) {
        MessageDigest digest = sha256();
        if (tenant == null) {
            digest.update(length(ABSENT));
        } else {
            add(digest, tenant);
        }
        add(digest, credentialScope.apply(tool.server()));
        add(digest, tool.server());
        add(digest, tool.name());
        add(digest, tool.digest());
        RawJson canonical = CanonicalJson.of(arguments);
        digest.update(length(canonical.length()));
        digest.update(canonical.array(), canonical.offset(), canonical.length());
        digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(epoch.offset())
                .putLong(epoch.timestampMillis())
                .array());
        return digest.digest();
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update(length(bytes.length));
        digest.update(bytes);
    }

    private static byte[] length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
