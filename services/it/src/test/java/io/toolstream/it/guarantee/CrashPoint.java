package io.toolstream.it.guarantee;

/**
 * Where a worker is ended in the middle of a call: at the beginning of a method, before anything of it has happened, or when
 * the tool has begun to run.
 */
enum CrashPoint {
    AFTER_POLL("io.toolstream.worker.CallHandler", "answerAll", "read, nothing begun"),
    IN_DECODING("io.toolstream.wire.CallDecoder", "decode", "read, being decoded"),
    BEFORE_CLAIM("io.toolstream.worker.effects.LedgerPartition", "claim", "the claim is not written"),
    AFTER_CLAIM("io.toolstream.worker.effects.OnceCall", "dispatch", "the claim has won, nothing is dispatched"),
    BEFORE_DISPATCH("io.toolstream.worker.mcp.Requests", "of", "the request is not written"),
    AFTER_DISPATCH("", "", "the tool runs"),
    AFTER_ANSWER("io.toolstream.worker.effects.OnceCall", "conclusion", "the tool has answered, nobody knows"),
    BEFORE_REPLY("io.toolstream.worker.reply.Settlement", "settle", "the reply is not written"),
    BEFORE_CONCLUSION(
            "io.toolstream.worker.effects.LedgerPartition",
            "conclude",
            "the reply is on its way, the conclusion is not"),
    AFTER_REPLY(
            "io.toolstream.worker.reply.EventJournal", "append", "the reply is acknowledged, the event is not written"),
    BEFORE_COMMIT("io.toolstream.kafka.Committer", "offsets", "all is acknowledged, the commit is not sent"),
    AFTER_COMMIT("io.toolstream.kafka.Committer", "ended", "the commit is acknowledged");

    final String className;
    final String method;
    final String meaning;

    CrashPoint(String className, String method, String meaning) {
        this.className = className;
        this.method = method;
        this.meaning = meaning;
    }

    /** True where not the worker knows that it is there, but the tool server. */
    boolean isAtTheTool() {
        return className.isEmpty();
    }
}
