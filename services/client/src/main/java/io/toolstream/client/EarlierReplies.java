package io.toolstream.client;

import io.toolstream.wire.DecodedReply;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.WireLimits;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Looks for the replies to calls of an earlier life, on a thread that ends with it. */
final class EarlierReplies {
    private final ReplyArchive archive;
    private final ReplyCodec codec = new ReplyCodec(WireLimits.DEFAULT);

    EarlierReplies(ReplyArchive archive) {
        this.archive = archive;
    }

    CompletableFuture<Map<String, Reply>> find(Set<String> ids, Instant since) {
        CompletableFuture<Map<String, Reply>> found = new CompletableFuture<>();
        Set<String> wanted = Set.copyOf(ids);
        Thread reader = new Thread(() -> read(wanted, since, found), "toolstream-read-back");
        reader.setDaemon(true);
        reader.start();
        return found;
    }

    private void read(Set<String> ids, Instant since, CompletableFuture<Map<String, Reply>> found) {
        Map<String, Reply> replies = new HashMap<>();
        Set<String> missing = new HashSet<>(ids);
        try {
            if (!missing.isEmpty()) {
                archive.read(since, record -> take(record, missing, replies) && !found.isDone());
            }
            found.complete(Map.copyOf(replies));
        } catch (RuntimeException e) {
            found.completeExceptionally(e);
        }
    }

    /** The first final reply counts: a later one repeats it. False when nothing is missing any more. */
    private boolean take(InboundRecord record, Set<String> missing, Map<String, Reply> replies) {
        if (codec.decode(record) instanceof DecodedReply.WellFormed wellFormed) {
            Reply reply = wellFormed.reply();
            if (reply.isFinal() && missing.remove(reply.identity().id())) {
                replies.put(reply.identity().id(), reply);
            }
        }
        return !missing.isEmpty();
    }
}
