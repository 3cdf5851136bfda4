package io.toolstream.client;

/** Keys of calls without a broker to learn them from. */
final class Keys {
    private Keys() {}

    /** Nothing is known to be kept. */
    static CallKeys none() {
        return of(new CacheableTools());
    }

    /** What these are told of is known. */
    static CallKeys of(CacheableTools tools) {
        return new CallKeys(
                tools,
                () -> {
                    throw new IllegalStateException("there is no broker");
                },
                (delay, action) -> () -> {});
    }
}
