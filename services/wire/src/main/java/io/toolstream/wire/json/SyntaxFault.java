package io.toolstream.wire.json;

import io.toolstream.wire.json.JsonFault.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Says what the parser found wrong in our words, and without what it quotes of the text, which may be a secret. */
final class SyntaxFault {
    private static final String EXPECTATION = "was expecting ";

    private SyntaxFault() {}

    static JsonFault of(JacksonException refused, JsonSpan source, String pointerPrefix) {
        var location = refused.getLocation();
        if (refused instanceof StreamConstraintsException || location == null) {
            return new JsonFault(Kind.TOO_MANY_TOKENS, "too many names that hash alike, which no sane sender makes");
        }
        String where = location.getLineNr() + ":" + location.getColumnNr()
                + (pointerPrefix.isEmpty() ? "" : " of " + pointerPrefix);
        if (refused instanceof UnexpectedEndOfInputException) {
            String inside = endsInsideString(source) ? "inside a string" : "before everything opened was closed";
            return new JsonFault(Kind.MALFORMED, "the JSON ended " + inside + ", at " + where);
        }
        return new JsonFault(Kind.MALFORMED, "not JSON at " + where + expectation(refused.getOriginalMessage()));
    }

    private static String expectation(String message) {
        int at = message.indexOf(EXPECTATION);
        return at < 0 ? "" : ": " + message.substring(at + EXPECTATION.length()) + " expected";
    }

    private static boolean endsInsideString(JsonSpan source) {
        boolean isInside = false;
        for (int i = source.offset(); i < source.end(); i++) {
            byte b = source.array()[i];
            if (b == '"') {
                isInside = !isInside;
            } else if (b == '\\') {
                i++;
            }
        }
        return isInside;
    }
}
