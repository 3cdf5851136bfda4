package io.toolstream.settings;

import java.time.Duration;

/**
 * The ledger of what tools did that run once.
 *
 * @param retention for how long an idempotency key is known; no older call of such a tool is run
 * @param keysPerPartition effects remembered per partition of the calls topic, at most: memory
 * @param resultBytes the largest result that is kept, to be sent again to a call that is the same
 */
public record LedgerSettings(Duration retention, int keysPerPartition, int resultBytes) {
    public static final LedgerSettings DEFAULT = new LedgerSettings(Duration.ofHours(24), 50_000, 1 << 20);

    public LedgerSettings {
        new Rules()
                .atLeast("retention", retention, Duration.ofMinutes(1))
                .between("keysPerPartition", keysPerPartition, 1_000, 10_000_000)
                .between("resultBytes", resultBytes, 0, 3 << 19)
                .enforce();
    }
}
