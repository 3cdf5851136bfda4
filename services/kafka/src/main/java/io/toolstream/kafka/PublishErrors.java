package io.toolstream.kafka;

import io.toolstream.kafka.PublishException.Kind;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Tells by a client's exception what to do about it. */
final class PublishErrors {
    private PublishErrors() {}

    static PublishException of(String topic, Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof PublishException known) {
            return known;
        }
        String text = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new PublishException(kindOf(cause), "cannot publish to " + topic + ": " + text, cause);
    }

    private static Kind kindOf(Throwable cause) {
        if (cause instanceof RecordTooLargeException || cause instanceof RecordBatchTooLargeException) {
            return Kind.TOO_LARGE;
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return Kind.DESTINATION;
        }
        if (mayPass(cause)) {
            return Kind.TRANSIENT;
        }
        if (cause instanceof ClusterAuthorizationException || cause instanceof UnsupportedVersionException) {
            return Kind.FATAL;
        }
        // What is left of the broker's answers is about this record in this topic: no such topic, not for us, not so.
        return cause instanceof ApiException ? Kind.DESTINATION : Kind.FATAL;
    }

    /** Credentials get mended; a sequence that broke begins anew by itself. */
    private static boolean mayPass(Throwable cause) {
        return cause instanceof RetriableException
                || cause instanceof AuthenticationException
                || cause instanceof InterruptException
                || cause instanceof OutOfOrderSequenceException
                || cause instanceof InvalidProducerEpochException;
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean isWrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return isWrapper && failure.getCause() != null ? failure.getCause() : failure;
    }
}
