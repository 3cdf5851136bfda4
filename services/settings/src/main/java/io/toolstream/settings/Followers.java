package io.toolstream.settings;

import io.toolstream.settings.source.Origin;
import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.SourceTree;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Defaults that would contradict what the operator set follow it: who lowers {@code call} need not lower {@code attempt} too.
 * Two values that were both set are left to contradict each other; but what was set for all servers makes way for what was
 * set for one, unless it is an upper limit.
 */
final class Followers {
    private static final List<AtMost> RULES = List.of(
            AtMost.cut("/mcp/breaker/slow", "/mcp/timeouts/attempt"),
            AtMost.cut("/mcp/adaptive/least", "/mcp/timeouts/attempt"),
            AtMost.both("/mcp/retries/initialDelay", "/mcp/retries/maxDelay"),
            AtMost.both("/mcp/concurrency/least", "/mcp/concurrency/initial"),
            AtMost.both("/mcp/concurrency/initial", "/mcp/concurrency/most"),
            AtMost.both("/mcp/timeouts/attempt", "/mcp/timeouts/call"),
            AtMost.both("/mcp/timeouts/firstByte", "/mcp/timeouts/attempt"),
            AtMost.both("/mcp/pool/minIdle", "/mcp/pool/max"),
            AtMost.both("/mcp/health/suspectInterval", "/mcp/health/interval"),
            AtMost.both("/limits/defaultDeadline", "/limits/maxDeadline"));

    private static final SameAs CONCURRENT = new SameAs("/worker/maxConcurrent", "/worker/maxInFlight");

    private static final String PLACE = "follows ";

    private final ObjectNode root;
    private final Map<String, Origin> origins;
    /** How strongly a value was wanted; absent: it is a default. */
    private final Map<String, Integer> strengths = new HashMap<>();

    private Followers(SourceTree tree, List<SourceTree> explicit) {
        this.root = (ObjectNode) tree.root().deepCopy();
        this.origins = new HashMap<>(tree.values());
        for (int i = 0; i < explicit.size(); i++) {
            for (AtMost rule : RULES) {
                settle(rule.smaller(), explicit.get(i), i + 1);
                settle(rule.larger(), explicit.get(i), i + 1);
            }
        }
    }

    private void settle(String pointer, SourceTree explicit, int strength) {
        if (!explicit.root().at(pointer).isMissingNode()) {
            strengths.put(pointer, strength);
        }
    }

    /** @param explicit only what the operator set */
    static SourceTree adjusted(SourceTree tree, SourceTree explicit) {
        Followers followers = new Followers(tree, List.of(explicit));
        followers.applyAll();
        if (explicit.root().at(CONCURRENT.follower()).isMissingNode()) {
            followers.copy(CONCURRENT);
        }
        return new SourceTree(tree.place(), followers.root, tree.keys(), followers.origins);
    }

    /**
     * For a section {@code mcp} that holds for less than all servers.
     *
     * @param explicit only what the operator set, the strongest last
     */
    static SourceTree adjustedMcp(SourceTree tree, List<SourceTree> explicit) {
        Followers followers = new Followers(tree, explicit);
        followers.applyAll();
        return new SourceTree(tree.place(), followers.root, tree.keys(), followers.origins);
    }

    private void applyAll() {
        for (int round = 0; round < RULES.size(); round++) {
            RULES.forEach(this::apply);
        }
    }

    /** Whether a value is another one's: what is wrong with it is told there. */
    static boolean isFollowing(Origin origin) {
        return origin.place().startsWith(PLACE);
    }

    private void copy(SameAs rule) {
        if (!root.at(rule.follower()).equals(root.at(rule.leader()))) {
            follow(rule.follower(), rule.leader());
        }
    }

    private void apply(AtMost rule) {
        Optional<BigInteger> smaller = amount(root.at(rule.smaller()));
        Optional<BigInteger> larger = amount(root.at(rule.larger()));
        if (smaller.isEmpty() || larger.isEmpty() || smaller.get().compareTo(larger.get()) <= 0) {
            return;
        }
        int wanted = strength(rule.smaller());
        int most = strength(rule.larger());
        if (most > wanted) {
            follow(rule.smaller(), rule.larger());
        } else if (rule.isMutual() && wanted > most && most == 0) {
            follow(rule.larger(), rule.smaller());
        }
    }

    private int strength(String pointer) {
        return strengths.getOrDefault(pointer, 0);
    }

    private void follow(String follower, String leader) {
        ObjectNode section = (ObjectNode) root.at(Pointers.parent(follower));
        section.set(follower.substring(follower.lastIndexOf('/') + 1), root.at(leader));
        origins.put(follower, Origin.of(PLACE + Pointers.dotted(leader)));
        strengths.put(follower, strength(leader));
    }

    /** Durations in milliseconds; empty for what is neither duration nor number. */
    private static Optional<BigInteger> amount(JsonNode node) {
        if (node.isIntegralNumber()) {
            return Optional.of(node.bigIntegerValue());
        }
        return node.isString()
                ? Durations.parse(node.stringValue()).map(duration -> BigInteger.valueOf(duration.toMillis()))
                : Optional.empty();
    }

    /**
     * Two keys of which one must not be above the other.
     *
     * @param isMutual whether the larger one follows too
     */
    private record AtMost(String smaller, String larger, boolean isMutual) {
        static AtMost both(String smaller, String larger) {
            return new AtMost(smaller, larger, true);
        }

        /** The smaller means nothing beyond the larger: it never raises it, and no harm is done if both are set. */
        static AtMost cut(String smaller, String larger) {
            return new AtMost(smaller, larger, false);
        }
    }

    /** A key that is as another one until it is set itself. */
    private record SameAs(String follower, String leader) {}
}
