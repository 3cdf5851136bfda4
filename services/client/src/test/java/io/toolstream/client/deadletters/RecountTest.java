package io.toolstream.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.DeadLetterCause;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Header;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.TopicNames;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Filters, groups and dry runs, alone and combined, against somebody who reads the records of the topic as text: between
 * records of others, tombstones, members, calls that name their server in the tool's name, and what is no call.
 */
final class RecountTest {
    private static final TopicNames NAMES = TopicNames.DEFAULT;
    private static final String[] VALUES = {
        "{\"server\":\"fs\",\"tool\":\"read\"}",
        "{\"server\":\"fs\",\"tool\":\"pay\"}",
        "{\"server\":\"git\",\"tool\":\"read\"}",
        "{\"tool\":\"fs__read\"}",
        "{\"tool\":\"mcp__fs__list\"}",
        "{\"tool\":\"git__read\"}",
        "{broken"
    };
    private static final Map<String, String> COMPOSED =
            Map.of("fs__read", "fs read", "mcp__fs__list", "fs list", "git__read", "? git__read");
    private static final ErrorCode[] CODES = {ErrorCode.CONNECT_FAILED, ErrorCode.TIMED_OUT, ErrorCode.UNKNOWN_TOOL};
    private static final Pattern TOOL = Pattern.compile("(?:\"server\":\"(\\w+)\",)?\"tool\":\"(\\w+)\"");

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final FakeTopics topics =
            new FakeTopics(NAMES.calls(), NAMES.deadLetters(), NAMES.events(), NAMES.replays(), NAMES.catalogue());
    private final DeadLetters letters = new DeadLetters(
            new Replay.Surroundings(topics, NAMES, InstantSource.fixed(Instant.ofEpochMilli(5)), () -> 0, nanos -> {}));

    /** A letter as its record tells, to who does not know our code. */
    private record Seen(
            String code,
            String server,
            String tool,
            @Nullable String tenant,
            long at,
            String message,
            int replays) {
        String cause() {
            return code + " " + server + " " + message.replaceAll("\\d+", "#");
        }

        Verdict verdict() {
            if (tool.equals("?")) {
                return Verdict.UNREADABLE;
            }
            if (replays >= 3) {
                return Verdict.REPLAYED_TOO_OFTEN;
            }
            boolean isHarmless = server.equals("fs") && !tool.equals("pay");
            return isHarmless ? Verdict.SENT_AGAIN : Verdict.NEEDS_CONFIRMATION;
        }
    }

    @Test
    void everyFilter_aloneAndCombined_agreesWithARecount() {
        LetterTopics kept = new LetterTopics(topics);
        kept.tool("read", "read");
        kept.tool("list", "idempotent");
        kept.tool("pay", "once");
        for (int i = 0; i < 600; i++) {
            put();
        }
        List<Seen> all = recount();
        assertThat(all).as("seed %d", seed).hasSizeBetween(200, 550);
        LetterGroup group = letters.groups(LetterFilter.ALL).get(0);

        for (int combination = 0; combination < 1 << 6; combination++) {
            agree(all, combination, group);
        }
    }

    private void agree(List<Seen> all, int combination, LetterGroup group) {
        LetterFilter filter = LetterFilter.OPEN;
        Predicate<Seen> meant = seen -> true;
        if ((combination & 1) != 0) {
            filter = filter.server("fs");
            meant = meant.and(seen -> seen.server().equals("fs"));
        }
        if ((combination & 2) != 0) {
            filter = filter.tool("read");
            meant = meant.and(seen -> seen.tool().equals("read"));
        }
        if ((combination & 4) != 0) {
            filter = filter.code("timed-out");
            meant = meant.and(seen -> seen.code().equals("timed-out"));
        }
        if ((combination & 8) != 0) {
            filter = filter.tenant("acme");
            meant = meant.and(seen -> "acme".equals(seen.tenant()));
        }
        if ((combination & 16) != 0) {
            filter = filter.between(Instant.ofEpochMilli(20), Instant.ofEpochMilli(70));
            meant = meant.and(seen -> seen.at() >= 20 && seen.at() < 70);
        }
        if ((combination & 32) != 0) {
            String cause = group.code() + " " + (group.server() == null ? "?" : group.server()) + " "
                    + group.message().replaceAll("\\d+", "#");
            filter = filter.fingerprint(group.fingerprint());
            meant = meant.and(seen -> seen.cause().equals(cause));
        }
        assertAgrees(all.stream().filter(meant).toList(), filter);
    }

    private void assertAgrees(List<Seen> meant, LetterFilter filter) {
        String title = "seed " + seed + ", " + filter;
        assertThat(letters.each(filter, letter -> {})).as(title).isEqualTo(meant.size());
        assertThat(letters.groups(filter).stream()
                        .map(group -> group.code() + " " + (group.server() == null ? "?" : group.server()) + " "
                                + group.message().replaceAll("\\d+", "#") + " " + group.count() + " since "
                                + group.firstMillis() + " to " + group.lastMillis()))
                .as(title)
                .containsExactlyInAnyOrderElementsOf(
                        meant.stream().collect(Collectors.groupingBy(Seen::cause)).entrySet().stream()
                                .map(cause ->
                                        cause.getKey() + " " + cause.getValue().size() + " since "
                                                + cause.getValue().stream()
                                                        .mapToLong(Seen::at)
                                                        .min()
                                                        .orElseThrow() + " to "
                                                + cause.getValue().stream()
                                                        .mapToLong(Seen::at)
                                                        .max()
                                                        .orElseThrow())
                                .toList());
        assertThat(new TreeMap<>(letters.preview(ReplayOrder.of(filter, "me")).counts()))
                .as(title)
                .isEqualTo(new TreeMap<>(
                        meant.stream().collect(Collectors.groupingBy(Seen::verdict, Collectors.counting()))));
    }

    private void put() {
        String value = VALUES[random.nextInt(VALUES.length)];
        int partition = random.nextInt(FakeTopics.PARTITIONS);
        switch (random.nextInt(8)) {
            case 0 -> putForeign(partition);
            case 1 -> topics.put(NAMES.deadLetters(), partition, new OutboundRecord(null, null, Headers.NONE));
            case 2 -> put(partition, "{\"calls\":[]}", RawJson.ofText(value));
            default -> put(partition, value, null);
        }
    }

    /** What another program of the same framework keeps there. */
    private void putForeign(int partition) {
        Header header = new Header("kafka_dlt-original-topic", "orders".getBytes(UTF_8));
        byte[] value = "{\"server\":\"fs\",\"tool\":\"read\"}".getBytes(UTF_8);
        topics.put(NAMES.deadLetters(), partition, new OutboundRecord(null, value, Headers.of(header)));
    }

    private void put(int partition, String value, @Nullable RawJson member) {
        List<Header> headers = new ArrayList<>();
        if (random.nextBoolean()) {
            headers.add(LetterTopics.header(HeaderNames.TENANT, random.nextBoolean() ? "acme" : "other"));
        }
        if (random.nextInt(5) == 0) {
            headers.add(LetterTopics.header(HeaderNames.REPLAYS, "3"));
        }
        InboundRecord original = new InboundRecord(
                LetterTopics.original(value, partition).position(),
                1,
                null,
                value.getBytes(UTF_8),
                new Headers(headers));
        String message = (random.nextBoolean() ? "no answer after " : "refused by port ") + random.nextInt(1_000_000);
        DeadLetterCause cause = new DeadLetterCause(
                CODES[random.nextInt(CODES.length)],
                message,
                1,
                random.nextInt(100),
                "g",
                member == null ? null : random.nextInt(1_000),
                member);
        topics.put(NAMES.deadLetters(), partition, new DeadLetterCodec().encode(original, cause));
    }

    private List<Seen> recount() {
        return topics.all(NAMES.deadLetters()).stream()
                .filter(record -> text(record, "toolstream-error-code") != null)
                .map(RecountTest::seen)
                .toList();
    }

    private static Seen seen(InboundRecord record) {
        Matcher tool = TOOL.matcher(new String(record.value(), UTF_8));
        boolean isCall = tool.find();
        String named = !isCall
                ? "? ?"
                : tool.group(1) != null
                        ? tool.group(1) + " " + tool.group(2)
                        : COMPOSED.getOrDefault(tool.group(2), "");
        String[] words = named.split(" ", -1);
        String replays = text(record, "toolstream-replays");
        return new Seen(
                String.valueOf(text(record, "toolstream-error-code")),
                words[0],
                words[1],
                isCall ? text(record, "tenant") : null,
                Long.parseLong(String.valueOf(text(record, "toolstream-first-failure"))),
                String.valueOf(text(record, "toolstream-error-message")),
                replays == null ? 0 : Integer.parseInt(replays));
    }

    private static @Nullable String text(InboundRecord record, String name) {
        return record.headers().all().stream()
                .filter(header -> header.name().equals(name))
                .map(header -> new String(header.value(), UTF_8))
                .reduce((one, later) -> later)
                .orElse(null);
    }
}
