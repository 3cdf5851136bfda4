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
import java.util.concurrent.ConcurrentHashMap;

/** Looks for the replies to calls of an earlier life, on threads that end with what they look for, or with the client. */
final class EarlierReplies {
    private final ReplyArchive archive;
    private final Map<Thread, CompletableFuture<?>> open = new ConcurrentHashMap<>();
    private volatile boolean isClosed;
    private final ReplyCodec codec = new ReplyCodec(WireLimits.DEFAULT);

    EarlierReplies(ReplyArchive archive) {
        this.archive = archive;
    }

    CompletableFuture<Map<String, Reply>> find(Set<String> ids, Instant since) {
        CompletableFuture<Map<String, Reply>> found = new CompletableFuture<>();
        Set<String> wanted = Set.copyOf(ids);
        Thread reader = new Thread(() -> read(wanted, since, found), "toolstream-read-back");
        reader.setDaemon(true);
        open.put(reader, found);
        if (isClosed) {
            close();
        } else {
            reader.start();
        }
        return found;
    }

    /** Fails what is looked for; its threads end with the next record they see, or when the broker lets go of them. */
    void close() {
        isClosed = true;
        open.values().forEach(found -> found.completeExceptionally(new ClientClosed(false)));
        open.clear();
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
            found.completeExceptionally(new RepliesUnavailable(e));
        } finally {
            open.remove(Thread.currentThread());
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
