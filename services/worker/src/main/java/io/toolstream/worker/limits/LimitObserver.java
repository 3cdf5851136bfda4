package io.toolstream.worker.limits;

import java.time.Duration;

/** Hears what becomes of calls at the limits of one server. Called on any thread, under no lock; must not block or throw. */
public interface LimitObserver {
    /** Hears nothing. */
    LimitObserver NONE = new LimitObserver() {
        @Override
        public void waited(Duration time) {}

        @Override
        public void refused(Reason reason) {}
    };

    /** Why a call was not given a permit. */
    enum Reason {
        /** The waiting room, or this server's share of the worker, is full. */
        FULL("nobody else can wait"),
        /** It waited as long as one may. */
        WAITED("it waited as long as one may"),
        /** It would not have been served within the wait allowed, or not by its deadline. */
        HOPELESS("it would not have been served in time"),
        /** The server asked to be left alone for longer than one may wait. */
        HELD("the server asked to be left alone"),
        /** The server was given up for now while it waited. */
        DISMISSED("the server was given up for now"),
        /** Its caller did not want it any more. */
        CANCELLED("its caller did not want it any more");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** For a log. */
        String words() {
            return words;
        }
    }

    /** A call got its permit after that time. */
    void waited(Duration time);

    void refused(Reason reason);
}
