package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitNoteCodecTest {
    private static final long BASE = 1_000_000_000_000L;

    @Test
    void encode_nothing_isNoMetadata() {
        assertThat(CommitNoteCodec.encode(BASE, CommitNote.NONE)).isEmpty();
        assertThat(CommitNoteCodec.decode(BASE, "")).isEqualTo(CommitNote.NONE);
    }

    @Test
    void encode_aFewRuns_isShort() {
        OffsetRuns done = runs(BASE + 1, BASE + 10, BASE + 500, BASE + 501);

        String text = CommitNoteCodec.encode(BASE, note(done));

        assertThat(text.length()).isLessThan(32);
        assertThat(CommitNoteCodec.decode(BASE, text).done()).isEqualTo(done);
    }

    @Test
    void encode_everySecondOfTenThousand_isComplete() {
        OffsetRuns done = everySecond(10_000);

        String text = CommitNoteCodec.encode(BASE, note(done));

        assertThat(text.length()).isLessThanOrEqualTo(CommitNoteCodec.MAX_CHARS);
        assertThat(CommitNoteCodec.decode(BASE, text).done()).isEqualTo(done);
    }

    @Test
    void encode_whatDoesNotFit_keepsTheNearPart() {
        OffsetRuns done = everySecond(1_000_000);

        String text = CommitNoteCodec.encode(BASE, note(done));
        OffsetRuns read = CommitNoteCodec.decode(BASE, text).done();

        assertThat(text.length()).isLessThanOrEqualTo(CommitNoteCodec.MAX_CHARS);
        assertThat(read.size()).isGreaterThan(8_000);
        for (long offset = BASE; offset < BASE + 1_000_000; offset++) {
            boolean isKept = offset < read.end(read.count() - 1);
            assertThat(read.contains(offset)).isEqualTo(isKept && done.contains(offset));
        }
    }

    /** Runs and gaps of every size: what is read back is what was written, or a near part of it that fills the room. */
    @RepeatedTest(200)
    void decode_givesBackWhatWasEncoded_orLess_neverMore() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        OffsetRuns done = randomRuns(random);

        String text = CommitNoteCodec.encode(BASE, note(done));
        OffsetRuns read = CommitNoteCodec.decode(BASE, text).done();

        assertThat(text.length()).as("seed %d", seed).isLessThanOrEqualTo(CommitNoteCodec.MAX_CHARS);
        if (text.length() < CommitNoteCodec.MAX_CHARS - 32) {
            assertThat(read).as("seed %d", seed).isEqualTo(done);
        }
        for (int run = 0; run < read.count(); run++) {
            for (long offset : new long[] {read.start(run), read.end(run) - 1}) {
                assertThat(done.contains(offset))
                        .as("seed %d offset %d", seed, offset)
                        .isTrue();
            }
            assertThat(done.contains(read.start(run) - 1)).as("seed %d", seed).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ts1.", "ts1.AAAA", "ts1.AAAAAAAA", "ts1.!!!!", "ts2.AAAAAAA", "bG9uZ2VyIHRoYW4=", "e", "\u0000"
            })
    void decode_foreign_saysNothing(String metadata) {
        assertThat(CommitNoteCodec.decode(BASE, metadata)).isEqualTo(CommitNote.NONE);
    }

    @Test
    void decode_besideAnotherOffset_saysNothing() {
        String text = CommitNoteCodec.encode(BASE, note(runs(BASE + 1, BASE + 2)));

        assertThat(CommitNoteCodec.decode(BASE + 1, text)).isEqualTo(CommitNote.NONE);
    }

    @Test
    void decode_damagedAnywhere_saysNothing() {
        String text = CommitNoteCodec.encode(BASE, note(runs(BASE + 1, BASE + 20, BASE + 40, BASE + 41)));

        for (int at = 0; at < text.length() - 1; at++) {
            char other = text.charAt(at) == 'A' ? 'B' : 'A';
            String damaged = text.substring(0, at) + other + text.substring(at + 1);
            assertThat(CommitNoteCodec.decode(BASE, damaged)).as(damaged).isEqualTo(CommitNote.NONE);
            assertThat(CommitNoteCodec.decode(BASE, text.substring(0, at))).isEqualTo(CommitNote.NONE);
        }
    }

    @Test
    void decode_noise_neverThrows() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            String text =
                    "ts1." + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertThat(CommitNoteCodec.decode(BASE, text)).isEqualTo(CommitNote.NONE);
        }
    }

    @Test
    void contains_knowsTheEdges() {
        OffsetRuns some = runs(10, 12, 20, 21);
        assertThat(java.util.stream.LongStream.range(0, 30).filter(some::contains))
                .containsExactly(10L, 11L, 20L);
        assertThat(OffsetRuns.NONE.contains(0)).isFalse();
        assertThat(some).hasToString("[10..11, 20..20]");
    }

    @Test
    void takeAndHistory_comeBack_withWhateverFitsBesides() {
        CrashHistory history = new CrashHistory(BASE + 70, BASE + 900, List.of(new Culprit(BASE + 3, 3)));
        for (Take take : new Take[] {new Take(-5, BASE + 10_000, BASE + 3), new Take(7, BASE, Take.NOBODY), null}) {
            CommitNote note = new CommitNote(everySecond(1_000_000), history, take);

            String text = CommitNoteCodec.encode(BASE, note);
            CommitNote read = CommitNoteCodec.decode(BASE, text);

            assertThat(text.length()).isLessThanOrEqualTo(CommitNoteCodec.MAX_CHARS);
            assertThat(read.take()).isEqualTo(take);
            assertThat(read.history()).isEqualTo(history);
            assertThat(read.done().size()).isGreaterThan(8_000);
        }
    }

    private static CommitNote note(OffsetRuns done) {
        return new CommitNote(done, CrashHistory.NONE, null);
    }

    private static OffsetRuns everySecond(int offsets) {
        OffsetRuns.Builder runs = new OffsetRuns.Builder();
        for (long offset = BASE + 1; offset < BASE + offsets; offset += 2) {
            runs.add(offset, offset + 1);
        }
        return runs.build();
    }

    private static OffsetRuns randomRuns(SplittableRandom random) {
        OffsetRuns.Builder runs = new OffsetRuns.Builder();
        long at = BASE;
        int longest = 1 << random.nextInt(20);
        for (int i = random.nextInt(1, 3_000); i > 0; i--) {
            long start = at + 1 + random.nextInt(longest);
            at = start + 1 + random.nextInt(longest);
            runs.add(start, at);
        }
        return runs.build();
    }

    private static OffsetRuns runs(long... bounds) {
        OffsetRuns.Builder runs = new OffsetRuns.Builder();
        for (int i = 0; i < bounds.length; i += 2) {
            runs.add(bounds[i], bounds[i + 1]);
        }
        return runs.build();
    }
}
