package io.toolstream.worker.effects;

import io.toolstream.wire.CallError;
import io.toolstream.wire.EffectEntry.Claimed;
import io.toolstream.wire.EffectEntry.Concluded;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Outcome;
import org.jspecify.annotations.Nullable;

/** Turns outcomes into what the ledger keeps, and back. Pure. */
final class Conclusions {
    private Conclusions() {}

    /** A result of more than {@code resultBytes} is not kept, only that there was one. */
    static Concluded of(Claimed claimed, Outcome outcome, int resultBytes) {
        if (outcome instanceof Outcome.Answered answered) {
            RawJson result = answered.answer().result();
            return new Concluded(
                    claimed.key(),
                    claimed.claim(),
                    outcome.status(),
                    result.length() <= resultBytes ? result : null,
                    null);
        }
        return of(claimed.key(), claimed.claim(), ((Outcome.Failed) outcome).failure());
    }

    static Concluded of(String key, String claim, Failure failure) {
        CallError error = new CallError(
                failure.code().text(), failure.message(), failure.isRetryable(), null, failure.mayHaveRun(), null);
        return new Concluded(key, claim, failure.code().status(), null, error);
    }

    /** What the call is answered with once more. @throws InvocationFailed as the call itself ended */
    static Answer answer(Concluded concluded) {
        RawJson result = concluded.result();
        if (concluded.status().carriesResult() && result != null) {
            return new Answer(concluded.status(), result, 0);
        }
        throw new InvocationFailed(failure(concluded.error()));
    }

    private static Failure failure(@Nullable CallError error) {
        if (error == null) {
            return new Failure(
                    ErrorCode.RESULT_TOO_LARGE,
                    "the tool ran before, and its result was too large to be kept",
                    MayHaveRun.YES,
                    false,
                    0,
                    null);
        }
        ErrorCode code = ErrorCode.ofText(error.code()).orElse(ErrorCode.INTERNAL);
        return new Failure(code, error.message(), error.mayHaveRun(), error.retryable(), 0, null);
    }
}
