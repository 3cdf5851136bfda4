package io.toolstream.cli.batch;

/** How results are written. Both are for programs and stay as they are. */
enum ResultFormat {
    /** The reply as it stands on the topic, after the index and the line of its call. */
    JSONL,
    /** What a chat-completions request takes as the answer to a tool call. */
    OPENAI
}
