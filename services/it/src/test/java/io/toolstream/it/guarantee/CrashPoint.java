package io.toolstream.it.guarantee;

/** Where a worker is ended in the middle of a call: at the beginning of a method, before anything of it has happened. */
enum CrashPoint {
    AFTER_POLL("io.toolstream.worker.CallHandler", "answerAll", "read, nothing begun"),
    IN_DECODING("io.toolstream.wire.CallDecoder", "decode", "read, being decoded"),
    BEFORE_CLAIM("io.toolstream.worker.effects.LedgerPartition", "claim", "the claim is not written"),
    AFTER_CLAIM("io.toolstream.worker.effects.OnceCall", "dispatch", "the claim has won, nothing is dispatched"),
    BEFORE_DISPATCH("io.toolstream.worker.mcp.Requests", "of", "the request is not written"),
    AFTER_ANSWER("io.toolstream.worker.effects.OnceCall", "conclude", "the tool has answered, nobody knows"),
    BEFORE_REPLY("io.toolstream.worker.reply.Settlement", "settle", "the conclusion is on its way, the reply is not"),
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
}
