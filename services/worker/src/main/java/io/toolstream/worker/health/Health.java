package io.toolstream.worker.health;

/**
 * The state of an endpoint and how it came to it. One failure degrades, three in a row make unhealthy; one success after that
 * makes degraded again, two in a row healthy. Pure.
 *
 * @param successes in a row, up to now
 * @param failures in a row, up to now; one of the two is 0
 */
record Health(HealthState state, int successes, int failures) {
    private static final int TO_HEALTHY = 2;
    private static final int TO_UNHEALTHY = 3;

    static final Health UNKNOWN = new Health(HealthState.UNKNOWN, 0, 0);

    Health after(boolean isAnswered) {
        return isAnswered ? answered() : unanswered();
    }

    private Health answered() {
        int inARow = Math.min(successes + 1, TO_HEALTHY);
        HealthState next = switch (state) {
            case HEALTHY -> HealthState.HEALTHY;
            case UNKNOWN, DEGRADED -> inARow == TO_HEALTHY ? HealthState.HEALTHY : state;
            case UNHEALTHY -> HealthState.DEGRADED;
        };
        return new Health(next, inARow, 0);
    }

    private Health unanswered() {
        int inARow = Math.min(failures + 1, TO_UNHEALTHY);
        HealthState next = switch (state) {
            case HEALTHY -> HealthState.DEGRADED;
            case UNKNOWN, DEGRADED -> inARow == TO_UNHEALTHY ? HealthState.UNHEALTHY : state;
            case UNHEALTHY -> HealthState.UNHEALTHY;
        };
        return new Health(next, 0, inARow);
    }
}
