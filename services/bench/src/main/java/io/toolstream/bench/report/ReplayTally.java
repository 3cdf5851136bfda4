package io.toolstream.bench.report;

/**
 * A recount of what a replay did, on the topics.
 *
 * @param missing letters whose call was not sent
 * @param twice letters whose call was sent more than once
 * @param notOk calls that were sent and not answered {@code ok}
 */
public record ReplayTally(long missing, long twice, long notOk) {
    boolean isRight() {
        return missing == 0 && twice == 0 && notOk == 0;
    }
}
