package io.toolstream.kafka;

/**
 * Where an assignment begins.
 *
 * @param offset the group's last commit
 * @param note what that says beside it, as text
 * @param done what is done beyond it
 * @param history of crashes, the one that made us its owner included
 */
record Resumption(long offset, String note, OffsetRuns done, CrashHistory history) {}
